package dev.whence.instrumenter.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.language.LanguageDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The engine's promises on manifests that no archive holds. Some hundred in every build;
 * {@code -Dwhence.generated=5000} for more, and for the independent checker where it is
 * beside the repository.
 */
class GeneratedManifestTests {

	private static final int COUNT = Integer.getInteger("whence.generated", 600);

	private static final Instrumenter INSTRUMENTER = new Instrumenter(ManifestLimits.DEFAULT);

	private static final InstrumentOptions JAVA = InstrumentOptions.of(InstrumentMode.OPERATOR,
			new LanguageDetector(List.of(), Language.JAVA));

	@TempDir
	private Path folder;

	@Test
	void everyGeneratedManifestKeepsTheLaws() {
		List<String> wrong = new ArrayList<>();
		int changed = 0;
		for (int seed = 0; seed < COUNT; seed++) {
			String text = ManifestGenerator.manifest(seed);
			for (InstrumentMode mode : List.of(InstrumentMode.OPERATOR, InstrumentMode.OPERATOR_FREE)) {
				try {
					InstrumentResult done = INSTRUMENTER.instrument(text, JAVA.with(mode));
					changed += done.changed() ? 1 : 0;
					boolean lawful = INSTRUMENTER.instrument(done.text(), JAVA.with(mode)).text().equals(done.text())
							&& INSTRUMENTER.instrument(done.text(), JAVA.with(InstrumentMode.REMOVE))
								.text()
								.equals(text)
							&& (mode != InstrumentMode.OPERATOR
									|| SubsequenceOracle.lostFrom(text, done.text()).isEmpty())
							&& done.findings().stream().noneMatch((finding) -> finding.code().equals("REFUSED_UNSAFE"));
					if (!lawful) {
						wrong.add(mode + " " + seed);
					}
				}
				catch (ManifestRefusedException refusal) {
					wrong.add(seed + " is no YAML: " + refusal.explanation() + " " + refusal.line());
				}
			}
		}
		assertThat(wrong).isEmpty();
		assertThat(changed).isGreaterThan(COUNT * 3 / 4);
	}

	@Test
	void independentCheckerAgrees() throws Exception {
		Path here = Path.of("").toAbsolutePath();
		Path root = Files.exists(here.resolve("mvnw")) ? here : here.getParent();
		Path checker = root.resolveSibling("shared").resolve("tools/manifest_checkall.py");
		assumeTrue(Files.exists(checker) && run("python3", "-c", "import yaml").startsWith("0"),
				"no independent checker beside this repository, or no python3 with yaml");
		Path before = Files.createDirectories(this.folder.resolve("before"));
		Path after = Files.createDirectories(this.folder.resolve("after"));
		StringBuilder index = new StringBuilder();
		for (int seed = 0; seed < COUNT; seed++) {
			// The checker takes every # on a changed line for a comment.
			String text = ManifestGenerator.manifest(seed).replace("# no comment", "no comment");
			String name = seed + ".yaml";
			Files.writeString(before.resolve(name), text);
			Files.writeString(after.resolve(name), INSTRUMENTER.instrument(text, JAVA).text());
			index.append("{\"file\": \"").append(name).append("\"}\n");
		}
		Files.writeString(before.resolve("index.jsonl"), index);
		String report = run("python3", checker.toString(), before.toString(), after.toString(), "--unmask");
		System.out.println("generated manifests, independent checker: " + report.lines().findFirst().orElse(""));
		assertThat(report).contains("'ok'").doesNotContain("FAIL").doesNotContain("no output");
	}

	private static String run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return process.waitFor() + " " + output;
	}

}
