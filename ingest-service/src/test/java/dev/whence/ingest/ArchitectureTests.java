package dev.whence.ingest;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.whence.ingest.rejected.Takes;

import org.springframework.web.bind.annotation.PostMapping;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packagesOf = IngestApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule featuresDoNotDependOnEachOtherInCircles = slices().matching("dev.whence.ingest.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule transportsDoNotKnowEachOther = slices()
		.matching("dev.whence.ingest.(otlp|zipkin|signal|run)..")
		.should()
		.notDependOnEachOther();

	@ArchTest
	static final ArchRule onlyOtlpKnowsItsMessages = noClasses().that()
		.resideOutsideOfPackage("dev.whence.ingest.otlp..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.opentelemetry.proto..");

	@ArchTest
	static final ArchRule onlyZipkinKnowsItsSpans = noClasses().that()
		.resideOutsideOfPackage("dev.whence.ingest.zipkin..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("zipkin2..");

	// What a record means is found out behind the door that all transports share.
	@ArchTest
	static final ArchRule onlyTheIntakeKnowsTriage = noClasses().that()
		.resideOutsideOfPackages("dev.whence.ingest.intake..", "dev.whence.ingest.triage..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("dev.whence.ingest.triage..");

	@ArchTest
	static final ArchRule triageIsFreeOfInputAndOutput = noClasses().that()
		.resideInAPackage("dev.whence.ingest.triage..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.sql..", "javax.sql..", "java.io..", "java.net..", "org.springframework.jdbc..",
				"org.springframework.web..", "dev.whence.store..", "dev.whence.support.wire..");

	// What is refused there would go uncounted.
	@ArchTest
	static final ArchRule whatTakesRecordsSaysWhichOnes = methods().that()
		.areAnnotatedWith(PostMapping.class)
		.should()
		.beAnnotatedWith(Takes.class);

	@ArchTest
	static final ArchRule ingestKnowsNoOtherService = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.whence.gateway..", "dev.whence.query..", "dev.whence.analysis..",
				"dev.whence.instrumenter..", "dev.whence.control..");

	// What lies behind its ports is the store's own business.
	@ArchTest
	static final ArchRule theStoreIsEnteredByItsDoors = noClasses().should()
		.dependOnClassesThat(resideInAPackage("dev.whence.store..")
			.and(not(resideInAnyPackage("dev.whence.store", "dev.whence.store.form", "dev.whence.store.outbox",
					"dev.whence.store.rejected", "dev.whence.store.rollup"))));

}
