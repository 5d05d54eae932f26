package dev.whence.store;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packagesOf = SignalWriter.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule theStoreKnowsNoWeb = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "jakarta.servlet..");

	@ArchTest
	static final ArchRule theStoreKnowsNoService = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.whence.support..", "dev.whence.gateway..", "dev.whence.ingest..", "dev.whence.query..",
				"dev.whence.analysis..", "dev.whence.control..");

	// Whoever reads must not come by a way to write; see the roles of the database.
	@ArchTest
	static final ArchRule readingDoesNotDependOnWriting = noClasses().that()
		.haveSimpleNameEndingWith("SignalReader")
		.should()
		.dependOnClassesThat()
		.haveSimpleNameEndingWith("SignalWriter");

}
