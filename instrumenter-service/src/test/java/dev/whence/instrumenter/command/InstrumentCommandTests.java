package dev.whence.instrumenter.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class InstrumentCommandTests {

	private static final String MANIFEST = "kind: Pod\r\nspec:\r\n  containers:\r\n  - {name: c, image: 'node:22'} # é\r\n";

	@TempDir
	private Path folder;

	private Path file;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@BeforeEach
	void write() throws Exception {
		this.file = Files.writeString(this.folder.resolve("pod.yaml"), MANIFEST);
		Files.writeString(this.folder.resolve("notes.txt"), "kind: Pod");
	}

	@Test
	void checkChangesNothingAndFails() throws Exception {
		assertThat(run("--check", this.folder.toString())).isEqualTo(1);
		assertThat(this.out.toString()).contains("pod.yaml");
		assertThat(Files.readString(this.file)).isEqualTo(MANIFEST);
	}

	@Test
	void diffPrintsWhatWouldChange() throws Exception {
		assertThat(run(this.file.toString(), "--diff")).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8))
			.contains("+    instrumentation.opentelemetry.io/inject-nodejs");
		assertThat(Files.readString(this.file)).isEqualTo(MANIFEST);
	}

	@Test
	void writeChangesTheFileAndRemoveTakesItBack() throws Exception {
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("rw-r-----"));
		assertThat(run(this.file.toString(), "--write")).isZero();
		assertThat(Files.readString(this.file)).contains("inject-nodejs: 'true'\r\n");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-r-----");
		assertThat(run(this.file.toString(), "--check")).isZero();
		assertThat(run(this.file.toString(), "--write", "--mode", "remove")).isZero();
		assertThat(Files.readString(this.file)).isEqualTo(MANIFEST);
	}

	@Test
	void brokenFileIsNamedAndTheOthersAreDone() throws Exception {
		Files.writeString(this.folder.resolve("broken.yaml"), "a: [");
		assertThat(run(this.folder.toString(), "--write")).isEqualTo(1);
		assertThat(this.err.toString()).contains("broken.yaml: the manifest is not valid YAML at line 1");
		assertThat(Files.readString(this.file)).contains("inject-nodejs");
	}

	@Test
	void wrongUsageIsTold() {
		assertThat(run()).isEqualTo(2);
		assertThat(run("--language", "cobol", "x")).isEqualTo(2);
		assertThat(run("nowhere.yaml")).isEqualTo(2);
		assertThat(this.err.toString()).contains("usage: instrument").contains("there is no nowhere.yaml");
	}

	private int run(String... args) {
		return InstrumentCommand.run(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8), args);
	}

}
