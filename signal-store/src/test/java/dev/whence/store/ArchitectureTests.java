package dev.whence.store;

import java.util.List;
import java.util.stream.IntStream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

@AnalyzeClasses(packagesOf = SignalWriter.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "dev.whence.store";

	/** From the ground up: a room knows those before it and none after it. */
	private static final List<String> ROOMS = List.of("form", "outbox", "table", "column", "search", "segment",
			"retention", "partition", "compact", "rollup", "storage", "copy", "commit", "write", "read", "rejected",
			"memory");

	@ArchTest
	static void arrowsBetweenRoomsPointDown(JavaClasses store) {
		IntStream.range(0, ROOMS.size())
			.forEach((i) -> noClasses().that()
				.resideInAPackage(ROOT + "." + ROOMS.get(i))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(ROOMS.stream().skip(i + 1).map((room) -> ROOT + "." + room).toArray(String[]::new))
				.allowEmptyShould(true)
				.check(store));
	}

	@ArchTest
	static void everyRoomHasItsPlace(JavaClasses store) {
		assertThat(store).extracting(JavaClass::getPackageName)
			.allMatch((name) -> name.equals(ROOT) || ROOMS.contains(name.substring(ROOT.length() + 1)));
	}

	@ArchTest
	static final ArchRule portsStandOnTheGround = classes().that()
		.resideInAPackage(ROOT)
		.and()
		.haveNameNotMatching(".*\\.SignalStoreConfiguration.*")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(ROOT, ROOT + ".form", ROOT + ".outbox", "dev.whence.model..", "java..", "org.jspecify..",
				"org.springframework..", "org.flywaydb..");

	@ArchTest
	static final ArchRule onlyTheWiringKnowsTheWiring = noClasses().that()
		.resideOutsideOfPackage(ROOT)
		.and()
		.haveSimpleNameNotEndingWith("Configuration")
		.should()
		.dependOnClassesThat()
		.haveSimpleNameEndingWith("Configuration");

	@ArchTest
	static final ArchRule noTwoClassesNeedEachOther = slices().assignedFrom(new SliceAssignment() {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			JavaClass outermost = type;
			while (outermost.getEnclosingClass().isPresent()) {
				outermost = outermost.getEnclosingClass().get();
			}
			return SliceIdentifier.of(outermost.getName());
		}

		@Override
		public String getDescription() {
			return "each class";
		}

	}).should().beFreeOfCycles();

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
		.resideInAPackage(ROOT + ".read")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + ".write", ROOT + ".commit", ROOT + ".copy")
		.orShould()
		.dependOnClassesThat()
		.areAssignableTo(SignalWriter.class);

}
