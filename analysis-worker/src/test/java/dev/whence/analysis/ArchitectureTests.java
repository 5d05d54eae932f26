package dev.whence.analysis;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.whence.store.SignalWriter;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packagesOf = AnalysisApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule featuresDoNotDependOnEachOtherInCircles = slices().matching("dev.whence.analysis.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule theWorkerWritesNoTelemetry = noClasses().should()
		.dependOnClassesThat()
		.areAssignableTo(SignalWriter.class);

	// The ranking depends on the signals alone: no clock, no chance, no database.
	@ArchTest
	static final ArchRule causesAreFoundByPureFunctions = noClasses().that(areTheRanking())
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.sql..", "javax.sql..", "java.io..", "java.net..", "java.util.random..",
				"org.springframework..", "dev.whence.store..", "dev.whence.support..")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.time.InstantSource")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.Random")
		.orShould()
		.callMethod(Instant.class, "now")
		.orShould()
		.callMethod(UUID.class, "randomUUID");

	private static DescribedPredicate<JavaClass> areTheRanking() {
		Set<String> impure = Set.of("RootCauseAnalysis", "AnalysisStore", "AnalysisProperties");
		return resideInAnyPackage("dev.whence.analysis.trace..", "dev.whence.analysis.evidence..",
				"dev.whence.analysis.behaviour..", "dev.whence.analysis.statistics..",
				"dev.whence.analysis.rootcause..")
			.and(not(describe("load or store", (type) -> impure.stream().anyMatch(type.getName()::contains))))
			.or(simpleName("Bursts"));
	}

	@ArchTest
	static final ArchRule theWorkerKnowsNoOtherService = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.whence.gateway..", "dev.whence.ingest..", "dev.whence.query..",
				"dev.whence.instrumenter..", "dev.whence.control..");

	// What lies behind its ports is the store's own business.
	@ArchTest
	static final ArchRule theStoreIsEnteredByItsDoors = noClasses().should()
		.dependOnClassesThat(resideInAPackage("dev.whence.store..")
			.and(not(resideInAnyPackage("dev.whence.store", "dev.whence.store.form", "dev.whence.store.outbox",
					"dev.whence.store.rejected", "dev.whence.store.rollup"))));

}
