package dev.whence.standalone.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How far something is, for a person and for a file. */
class ProgressTests {

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	private final PrintStream out = new PrintStream(this.written, true, StandardCharsets.UTF_8);

	@Test
	void aFileGetsPlainLinesOfWhatMatters() {
		tell(new Progress(this.out, false));
		assertThat(this.written.toString(StandardCharsets.UTF_8)).isEqualTo("2 of 2\n");
	}

	@Test
	void aTerminalGetsOneLineThatChanges() {
		tell(new Progress(this.out, true));
		assertThat(this.written.toString(StandardCharsets.UTF_8)).isEqualTo("\r1 of 2\r2 of 2\n");
	}

	private static void tell(Progress progress) {
		progress.step("1 of 2", false);
		progress.step("2 of 2", true);
		progress.end();
	}

}
