package dev.whence.instrumenter;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packagesOf = InstrumenterApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule featuresDoNotDependOnEachOtherInCircles = slices().matching("dev.whence.instrumenter.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule noTwoClassesOfTheEngineNeedEachOther = slices().assignedFrom(new SliceAssignment() {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			JavaClass outermost = type;
			while (outermost.getEnclosingClass().isPresent()) {
				outermost = outermost.getEnclosingClass().get();
			}
			return outermost.getPackageName().endsWith(".manifest") ? SliceIdentifier.of(outermost.getName())
					: SliceIdentifier.ignore();
		}

		@Override
		public String getDescription() {
			return "each class";
		}

	}).should().beFreeOfCycles();

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
