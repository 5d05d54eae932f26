package dev.whence.analysis;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.whence.store.SignalWriter;

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
	static final ArchRule causesAreFoundByPureFunctions = noClasses().that()
		.resideInAPackage("dev.whence.analysis.trace..")
		.or()
		.haveSimpleNameStartingWith("RootCauseRanker")
		.or()
		.haveSimpleName("CauseReport")
		.or()
		.haveSimpleName("Bursts")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.sql..", "javax.sql..", "java.io..", "java.net..", "java.util.random..",
				"org.springframework..", "dev.whence.store..", "dev.whence.support..")
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.time.InstantSource");

	@ArchTest
	static final ArchRule theWorkerKnowsNoOtherService = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.whence.gateway..", "dev.whence.ingest..", "dev.whence.query..",
				"dev.whence.instrumenter..", "dev.whence.control..");

}
