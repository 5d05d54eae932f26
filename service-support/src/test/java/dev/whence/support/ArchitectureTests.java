package dev.whence.support;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.whence.support", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("dev.whence.support.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule theTwoWiresDoNotKnowEachOther = slices().matching("dev.whence.support.wire.(*)..")
		.should()
		.notDependOnEachOther();

	@ArchTest
	static final ArchRule supportKnowsNoStoreAndNoService = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.whence.store..", "dev.whence.gateway..", "dev.whence.ingest..", "dev.whence.query..",
				"dev.whence.analysis..", "dev.whence.instrumenter..", "dev.whence.control..");

}
