package dev.whence.standalone.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.whence.standalone.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EvaluateOptionsTests {

	@TempDir
	Path folder;

	@Test
	void aFolderIsEnough() {
		EvaluateOptions options = parse("shop/dev");
		assertThat(options.kind()).isEqualTo(EvaluateOptions.Kind.CAUSES);
		assertThat(options.folder()).isEqualTo(Path.of("shop/dev"));
		assertThat(options.late()).isZero();
		assertThat(options.out()).isEqualTo(Path.of("predictions.jsonl"));
	}

	@Test
	void aValueFollowsABlankOrASign() {
		EvaluateOptions options = parse("--late", "60", "shop/dev", "--out=a.jsonl", "--half", "--set",
				"whence.a.b=c=d");
		assertThat(options.late()).isEqualTo(Duration.ofMinutes(1));
		assertThat(options.out()).isEqualTo(Path.of("a.jsonl"));
		assertThat(options.half()).isTrue();
		assertThat(options.shortHistory()).isFalse();
		assertThat(options.properties()).containsEntry("whence.a.b", "c=d");
	}

	@Test
	void otherMeasurementsNameTheirFolder() {
		EvaluateOptions options = parse("--quiet-hours", "shop/dev");
		assertThat(options.kind()).isEqualTo(EvaluateOptions.Kind.QUIET_HOURS);
		assertThat(options.folder()).isEqualTo(Path.of("shop/dev"));
	}

	@Test
	void whatMakesNoSenseIsAnsweredWithTheUsage() {
		assertRefused("usage: ./whence evaluate");
		assertRefused("--late needs a number, not 'soon'", "shop/dev", "--late", "soon");
		assertRefused("no option '--fast'", "shop/dev", "--fast");
		assertRefused("--out needs a value", "shop/dev", "--out");
		assertRefused("'yes' belongs to no option", "--half=yes", "shop/dev");
	}

	@Test
	void aFolderThatIsNoDataSetIsRefusedBeforeAnythingStarts() throws Exception {
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> EvaluateCommand.run(new String[] { this.folder.resolve("none").toString() }))
			.withMessageContaining("There is no folder");
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> EvaluateCommand.run(new String[] { this.folder.toString() }))
			.withMessageContaining("has no cases.jsonl");
		Files.writeString(this.folder.resolve("cases.jsonl"), """
				{"case_id": "a", "system": "shop", "file": "cases/a.jsonl.gz", "baseline": []}
				""");
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> EvaluateCommand.run(new String[] { this.folder.toString() }))
			.withMessageContaining("a.jsonl.gz is missing");
	}

	private static void assertRefused(String sentence, String... args) {
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> parse(args)).withMessageContaining(sentence);
	}

	private static EvaluateOptions parse(String... args) {
		return EvaluateOptions.parse(args);
	}

}
