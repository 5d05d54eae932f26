package dev.whence.control;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packagesOf = ControlApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule featuresDoNotDependOnEachOtherInCircles = slices().matching("dev.whence.control.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule controlKnowsNoTelemetry = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.whence.store..", "dev.whence.ingest..", "dev.whence.query..", "dev.whence.analysis..");

}
