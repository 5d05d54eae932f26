package dev.whence.e2e.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.whence.e2e.platform.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The launcher's care for the cache of faster starts: the real script in a folder of its
 * own, with a program in Java's place that does what Java would do to the files.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class StartCacheIT {

	private static final String JAVA = """
			#!/bin/sh
			echo "$@" >>"$(dirname "$0")/../calls"
			for argument in "$@"; do
			    case $argument in
			    -XX:AOTCacheOutput=*) output=${argument#*=} ;;
			    --data=*) data=${argument#*=} ;;
			    esac
			done
			case "$*" in
			*extract*) mkdir -p "${6}" && : >"${6}/standalone-1-app.jar" ;;
			*-version*) ;;
			*' train '*) [ ! -e "$(dirname "$0")/../broken" ] && echo recorded >"$output" ;;
			*' up '*)
			    case "$*" in *AOTCache*) [ -e "$(dirname "$0")/../crashing" ] && kill -ABRT $$ ;; esac
			    echo http://localhost:1 >"$data/address"
			    while [ -e "$data/address" ]; do sleep 1; done
			    ;;
			esac
			""";

	@TempDir
	Path folder;

	private Path home;

	private Path jdk;

	private Path data;

	@BeforeEach
	void layOutAHome() throws IOException {
		this.home = Files.createDirectories(this.folder.resolve("a home"));
		this.jdk = this.folder.resolve("jdk");
		this.data = this.folder.resolve("data");
		Files.copy(Repository.root().resolve("whence"), this.home.resolve("whence"));
		Files.createDirectories(jar().getParent());
		Files.writeString(jar(), "the first build");
		Files.createDirectories(this.jdk.resolve("bin"));
		Files.writeString(this.jdk.resolve("release"), """
				JAVA_VERSION="25.0.1"
				JAVA_RUNTIME_VERSION="25.0.1+8-LTS"
				""");
		program("java", JAVA);
		program("javac", "#!/bin/sh\n");
	}

	@AfterEach
	void stop() throws Exception {
		whence("down");
		await().atMost(Duration.ofSeconds(20)).until(() -> caches("training").isEmpty());
	}

	@Test
	void theFirstStartOfABuildTrainsBehindItselfAndTheSecondUsesIt() throws Exception {
		assertThat(up()).contains("Ready after");
		assertThat(lastStart()).doesNotContain("AOT");
		awaitCache(1);
		whence("down");
		assertThat(up()).contains("Ready after");
		assertThat(lastStart()).contains("-XX:AOTCache=" + caches(".aot").getFirst());
		assertThat(trainings()).hasSize(1);
	}

	@Test
	void anotherBuildAndAnotherJdkHaveTheirOwn() throws Exception {
		up();
		awaitCache(1);
		whence("down");
		Files.writeString(this.jdk.resolve("release"), """
				JAVA_VERSION="25.0.2"
				JAVA_RUNTIME_VERSION="25.0.2+9"
				""");
		up();
		assertThat(lastStart()).doesNotContain("AOTCache");
		awaitCache(2);
		whence("down");
		Files.writeString(jar(), "the second build");
		up();
		assertThat(lastStart()).doesNotContain("AOTCache");
		// Those of the build before went with it.
		awaitCache(1);
		assertThat(trainings()).hasSize(3);
	}

	@Test
	void itIsNeitherMadeNorUsedWhenTurnedOffOrWhenJavaWouldRefuseIt() throws Exception {
		assertThat(whence("train").output()).contains("The next start uses");
		for (String variable : List.of("WHENCE_AOT=off", "JAVA_OPTS=-Xshare:off",
				"JAVA_TOOL_OPTIONS=-XX:AOTMode=off")) {
			up(variable);
			assertThat(lastStart()).as(variable).doesNotContain("-XX:AOTCache=");
			whence("down");
		}
	}

	@Test
	void aTrainingThatFailsIsNotTriedAtEachStart() throws Exception {
		Files.writeString(this.jdk.resolve("broken"), "");
		up();
		await().atMost(Duration.ofSeconds(20)).until(() -> !caches(".failed").isEmpty());
		whence("down");
		assertThat(up()).contains("Ready after");
		assertThat(lastStart()).doesNotContain("AOTCache");
		assertThat(caches(".aot")).isEmpty();
		assertThat(trainings()).hasSize(1);
	}

	@Test
	void aCacheThatCrashesJavaIsRemovedAndTheStartGoesOn() throws Exception {
		whence("train");
		Files.writeString(this.jdk.resolve("crashing"), "");
		assertThat(up("WHENCE_HEAP=2g")).contains("starting without it", "Ready after");
		assertThat(lastStart()).doesNotContain("AOTCache=").contains("-Xmx2g");
	}

	@Test
	void twoTrainingsDoNotMeet() throws Exception {
		up("WHENCE_AOT=off");
		Process other = new ProcessBuilder("sh", "-c", "sleep 30; exit 0", "whence train").start();
		try {
			Files.createSymbolicLink(unpacked().resolve("training"), Path.of("" + other.pid()));
			Outcome outcome = whence("train");
			assertThat(outcome.status()).isEqualTo(1);
			assertThat(outcome.output()).contains("Process " + other.pid() + " is at it already");
			assertThat(trainings()).isEmpty();
		}
		finally {
			other.descendants().forEach(ProcessHandle::destroy);
			other.destroy();
			Files.delete(unpacked().resolve("training"));
		}
	}

	@Test
	void whatAKilledTrainingLeftIsNotInTheWayOfTheNext() throws Exception {
		up("WHENCE_AOT=off");
		Process dead = new ProcessBuilder("true").start();
		dead.waitFor();
		Path unpacked = unpacked();
		Files.createSymbolicLink(unpacked.resolve("training"), Path.of("" + dead.pid()));
		Files.createDirectories(unpacked.resolve("training-" + dead.pid() + "/data"));
		assertThat(whence("train").output()).contains("The next start uses");
		assertThat(caches(".aot")).hasSize(1);
		assertThat(caches("training-")).isEmpty();
	}

	@Test
	void whatAKilledStartUnpackedIsClearedAndWhatAnotherIsUnpackingIsLeft() throws Exception {
		Process dead = new ProcessBuilder("true").start();
		dead.waitFor();
		Path target = jar().getParent();
		Path left = Files.createDirectories(target.resolve("unpacking-" + dead.pid()));
		Path older = Files.createDirectories(target.resolve("unpacked-1"));
		Path others = Files.createDirectories(target.resolve("unpacking-" + ProcessHandle.current().pid()));
		up("WHENCE_AOT=off");
		assertThat(left).doesNotExist();
		assertThat(older).doesNotExist();
		assertThat(others).exists();
		assertThat(caches("unpack")).hasSize(2);
	}

	@Test
	void whatWasBuiltAfterTheLastChangeIsNotBuiltAgainWhateverTimeItBears() throws Exception {
		Path source = this.home.resolve("gateway/src/main/java/Gateway.java");
		Files.createDirectories(source.getParent());
		Files.writeString(source, "class Gateway {}");
		Files.writeString(jar(), "the build after it");
		// As a build does whose archives are the same whoever makes them.
		Files.setLastModifiedTime(jar(), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
		assertThat(up("WHENCE_AOT=off")).contains("Ready after").doesNotContain("Building Whence");
		whence("down");
		TimeUnit.MILLISECONDS.sleep(50);
		Files.writeString(source, "class Gateway { }");
		program("npm", "#!/bin/sh\n");
		Outcome changed = whence(List.of("PATH=" + this.jdk.resolve("bin") + ":" + System.getenv("PATH")), "up",
				"--detach", "--data", this.data.toString());
		assertThat(changed.output()).contains("Building Whence", "The build failed");
	}

	private String up(String... environment) throws Exception {
		Outcome outcome = whence(List.of(environment), "up", "--detach", "--data", this.data.toString());
		assertThat(outcome.status()).as(outcome.output()).isZero();
		return outcome.output();
	}

	private void awaitCache(int number) {
		await().atMost(Duration.ofSeconds(20))
			.until(() -> caches(".aot").size() == number && caches("training").isEmpty());
	}

	private String lastStart() throws IOException {
		return calls((call) -> call.contains(" up ")).getLast();
	}

	private List<String> trainings() throws IOException {
		return calls((call) -> call.contains("AOTCacheOutput"));
	}

	private List<String> calls(Predicate<String> wanted) throws IOException {
		return Files.readAllLines(this.jdk.resolve("calls")).stream().filter(wanted).toList();
	}

	private Path jar() {
		return this.home.resolve("standalone/target/standalone-1-app.jar");
	}

	private Path unpacked() throws IOException {
		try (Stream<Path> folders = Files.list(jar().getParent())) {
			return folders.filter(Files::isDirectory).findAny().orElseThrow();
		}
	}

	/** Files and folders beside the unpacked build, by a part of their name; no logs. */
	private List<Path> caches(String part) throws IOException {
		try (Stream<Path> files = Files.walk(jar().getParent(), 2)) {
			return files.filter((file) -> file.getFileName().toString().contains(part))
				.filter((file) -> !file.toString().endsWith(".log"))
				.filter((file) -> !part.equals(".aot") || file.toString().endsWith(part))
				.toList();
		}
	}

	private void program(String name, String script) throws IOException {
		Path file = Files.writeString(this.jdk.resolve("bin").resolve(name), script);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
	}

	private Outcome whence(String command) throws Exception {
		return whence(List.of(), command, "--data", this.data.toString());
	}

	private Outcome whence(List<String> environment, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("env", "JAVA_HOME=" + this.jdk));
		command.addAll(environment);
		command.add(this.home.resolve("whence").toString());
		command.addAll(List.of(arguments));
		Path output = Files.createTempFile(this.folder, "output", ".txt");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		if (!process.waitFor(1, TimeUnit.MINUTES)) {
			process.destroyForcibly();
		}
		return new Outcome(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
	}

	private record Outcome(int status, String output) {
	}

}
