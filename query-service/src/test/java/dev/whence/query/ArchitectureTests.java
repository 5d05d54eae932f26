package dev.whence.query;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.whence.store.SignalWriter;
import dev.whence.store.outbox.Outbox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packagesOf = QueryApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule featuresDoNotDependOnEachOtherInCircles = slices().matching("dev.whence.query.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule nothingHereWrites = noClasses().should()
		.dependOnClassesThat()
		.belongToAnyOf(SignalWriter.class, Outbox.class);

	@ArchTest
	static final ArchRule queryKnowsNoOtherService = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.whence.ingest..", "dev.whence.analysis..", "dev.whence.control..");

	// What lies behind its ports is the store's own business.
	@ArchTest
	static final ArchRule theStoreIsEnteredByItsDoors = noClasses().should()
		.dependOnClassesThat(resideInAPackage("dev.whence.store..")
			.and(not(resideInAnyPackage("dev.whence.store", "dev.whence.store.form", "dev.whence.store.outbox",
					"dev.whence.store.rejected", "dev.whence.store.rollup", "dev.whence.store.storage"))));

}
