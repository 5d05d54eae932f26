package dev.whence.instrumenter;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packagesOf = InstrumenterApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule featuresDoNotDependOnEachOtherInCircles = slices().matching("dev.whence.instrumenter.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule instrumenterKnowsNoTelemetry = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.whence.store..", "dev.whence.ingest..", "dev.whence.query..", "dev.whence.analysis..");

	@ArchTest
	static final ArchRule engineIsPure = noClasses().that()
		.resideInAnyPackage("dev.whence.instrumenter.manifest..", "dev.whence.instrumenter.language..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "jakarta..", "dev.whence.model..", "java.sql..");

}
