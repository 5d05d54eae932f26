package dev.whence.xray;

import java.io.DataInputStream;
import java.io.IOException;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

@AnalyzeClasses(packagesOf = Run.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	/** How class files of Java 17 name their version. */
	private static final int JAVA_17 = 61;

	@ArchTest
	static final ArchRule theClientKnowsTheJdkAlone = classes().should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java..", "org.jspecify.annotations..", "dev.whence.xray..");

	@ArchTest
	static void everyClassIsByteCodeOfJava17(JavaClasses classes) throws IOException {
		assertThat(classes).hasSizeGreaterThan(10);
		for (JavaClass type : classes) {
			try (DataInputStream file = new DataInputStream(
					type.getSource().orElseThrow().getUri().toURL().openStream())) {
				assertThat(file.readInt()).isEqualTo(0xcafebabe);
				file.readUnsignedShort();
				assertThat(file.readUnsignedShort()).as(type.getName()).isEqualTo(JAVA_17);
			}
		}
	}

}
