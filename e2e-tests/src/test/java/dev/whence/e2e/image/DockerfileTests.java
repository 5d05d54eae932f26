package dev.whence.e2e.image;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.e2e.platform.Repository;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be said of the images without building them. */
class DockerfileTests {

	private static final String JAVA = "/jre/bin/java @/app/java-options";

	@Test
	void theRuntimeHasOnlyModulesThatExist() throws IOException {
		List<String> modules = Arrays.asList(one("ARG JAVA_MODULES=(\\S+)", read("Dockerfile")).split(","));
		assertThat(missing(modules)).isEmpty();
		assertThat(missing(List.of("java.base", "java.corba"))).containsExactly("java.corba");
		assertThat(modules).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void theTrainingStartsJavaAsTheImageDoes() throws IOException {
		String entryPoint = String.join(" ", one("ENTRYPOINT \\[(.+)]", read("Dockerfile")).split("[\", ]+")).strip();
		assertThat(entryPoint).isEqualTo(JAVA + " -XX:AOTCache=/app/start.aot -jar /app/app.jar");
		assertThat(read("images/train")).contains(JAVA + " -XX:AOTCacheOutput=/app/start.aot -jar /app/app.jar");
	}

	@Test
	void theCacheKnowsTheOptionsOfTheStandalone() throws IOException {
		String launcher = one("java_options='([^']+)'", read("whence"));
		assertThat(read("images/java-options").lines()).containsExactlyInAnyOrder(launcher.split("\\s+"));
	}

	@Test
	void theImageIsNobodysAndHasNothingButTheService() throws IOException {
		String last = read("Dockerfile").substring(read("Dockerfile").lastIndexOf("\nFROM "));
		assertThat(last).startsWith("\nFROM scratch\n")
			.contains("\nUSER 10001:10001\n", "\nSTOPSIGNAL SIGTERM\n")
			.doesNotContain("\nRUN ");
	}

	@Test
	void theContextHasOnlyWhatTheBuildCopies() throws IOException {
		assertThat(read(".dockerignore").lines()).containsExactly("**", "!*/target/*-app.jar", "!images/**");
	}

	private static List<String> missing(List<String> modules) {
		return modules.stream().filter((module) -> ModuleFinder.ofSystem().find(module).isEmpty()).toList();
	}

	private static String one(String pattern, String text) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as(pattern).isTrue();
		return matcher.group(1);
	}

	private static String read(String file) throws IOException {
		return Files.readString(Repository.root().resolve(file));
	}

}
