package dev.whence.instrumenter.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.whence.instrumenter.language.Confidence;
import dev.whence.instrumenter.language.ContainerFacts;
import dev.whence.instrumenter.language.ContainerFacts.Fact;
import dev.whence.instrumenter.language.Detection;
import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.language.LanguageDetector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The engine against thousands of public manifests and the nasty ones, where this data is
 * at hand ({@code ../shared/data/manifests.tar.xz} beside the repository).
 */
class CorpusTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Instrumenter INSTRUMENTER = new Instrumenter(
			new ManifestLimits(200, 5_000, 500_000, Duration.ofSeconds(30)));

	@TempDir
	private static Path folder;

	private static Path corpus;

	@BeforeAll
	static void unpack() throws Exception {
		Path archive = shared().resolve("data/manifests.tar.xz");
		assumeTrue(Files.exists(archive), "no manifest corpus beside this repository");
		Process tar = new ProcessBuilder("tar", "-xJf", archive.toString(), "-C", folder.toString()).inheritIO()
			.start();
		assumeTrue(tar.waitFor() == 0, "the manifest corpus could not be unpacked");
		corpus = folder.resolve("manifests");
	}

	@Test
	void nastyFilesEndAsTheirIndexExpects() {
		List<String> wrong = new ArrayList<>();
		for (JsonNode file : index("nasty")) {
			boolean changed = outcome(read("nasty", file), TestOptions.OPERATOR);
			if (changed != file.get("expect").asString().equals("inject")) {
				wrong.add(file.get("path").asString());
			}
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void everyPublicFileKeepsTheLaws() {
		InstrumentOptions java = InstrumentOptions.of(InstrumentMode.OPERATOR,
				new LanguageDetector(List.of(), Language.JAVA));
		List<String> wrong = new ArrayList<>();
		int changed = 0;
		for (JsonNode file : index("public")) {
			byte[] bytes = read("public", file);
			boolean negative = file.has("negative") && file.get("negative").asBoolean();
			for (InstrumentMode mode : List.of(InstrumentMode.OPERATOR, InstrumentMode.OPERATOR_FREE)) {
				try {
					String text = ManifestBytes.decode(bytes);
					InstrumentResult done = INSTRUMENTER.instrument(text, java.with(mode));
					changed += done.changed() ? 1 : 0;
					boolean lawful = !(negative && done.changed())
							&& INSTRUMENTER.instrument(done.text(), java.with(mode)).text().equals(done.text())
							&& INSTRUMENTER.instrument(done.text(), java.with(InstrumentMode.REMOVE))
								.text()
								.equals(text)
							&& (mode != InstrumentMode.OPERATOR || text.length() > 100_000
									|| SubsequenceOracle.lostFrom(text, done.text()).isEmpty());
					if (!lawful) {
						wrong.add(mode + " " + file.get("file").asString());
					}
				}
				catch (ManifestRefusedException refusal) {
					// Not YAML; nothing to keep.
				}
			}
		}
		assertThat(wrong).isEmpty();
		assertThat(changed).isGreaterThan(1000);
	}

	@Test
	void independentCheckerAgrees() throws Exception {
		Path checker = shared().resolve("tools/manifest_checkall.py");
		assumeTrue(Files.exists(checker) && run("python3", "-c", "import yaml").status() == 0,
				"no checker, or no python3 with yaml");
		InstrumentOptions java = InstrumentOptions.of(InstrumentMode.OPERATOR,
				new LanguageDetector(List.of(), Language.JAVA));
		for (String set : List.of("nasty", "public")) {
			Path out = folder.resolve("out-" + set);
			for (JsonNode file : index(set)) {
				byte[] bytes = read(set, file);
				Path to = out.resolve(file.get("file").asString());
				Files.createDirectories(to.getParent());
				try {
					Files.writeString(to, INSTRUMENTER.instrument(ManifestBytes.decode(bytes), java).text());
				}
				catch (ManifestRefusedException refusal) {
					Files.write(to, bytes);
				}
			}
			Run run = run("python3", checker.toString(), corpus.resolve(set).toString(), out.toString(), "--unmask");
			assertThat(run.output()).contains("'ok'").doesNotContain("FAIL").doesNotContain("no output");
		}
	}

	@Test
	void languagesAreNamedWithPrecision() {
		Map<Confidence, int[]> score = new HashMap<>();
		List<String> wrong = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		int agents = 0;
		LanguageDetector detector = new LanguageDetector(List.of(), null);
		for (JsonNode file : index("public")) {
			for (JsonNode workload : file.get("workloads")) {
				for (JsonNode container : workload.get("containers")) {
					if (!container.has("language") || !seen.add(container.toString())) {
						continue;
					}
					String label = container.get("language").asString();
					agents += Set.of("java", "nodejs", "python", "dotnet").contains(label) ? 1 : 0;
					Detection detection = detector.detect(null, facts(container));
					if (detection.language() != null) {
						boolean right = detection.language().id().equals(label);
						score.computeIfAbsent(detection.confidence(), (key) -> new int[2])[right ? 0 : 1]++;
						if (!right) {
							wrong.add(label + " taken for " + detection.language().id() + ": " + container);
						}
					}
				}
			}
		}
		int right = score.values().stream().mapToInt((counts) -> counts[0]).sum();
		int missed = score.values().stream().mapToInt((counts) -> counts[1]).sum();
		score.forEach((confidence, counts) -> System.out.printf("language, %s: %d right, %d wrong%n", confidence.id(),
				counts[0], counts[1]));
		System.out.printf("language: precision %.3f, recall %.3f of %d containers that an agent exists for%n",
				(double) right / (right + missed), (double) right / agents, agents);
		assertThat((double) right / (right + missed)).as("%s", wrong).isGreaterThanOrEqualTo(0.98);
	}

	private static ContainerFacts facts(JsonNode container) {
		List<Fact> command = new ArrayList<>();
		for (String key : List.of("command", "args")) {
			if (container.has(key) && container.get(key).isArray()) {
				container.get(key).forEach((word) -> command.add(new Fact(word.asString(), key, 0)));
			}
		}
		List<Fact> environment = new ArrayList<>();
		container.get("env").forEach((name) -> environment.add(new Fact(name.asString(), "env", 0)));
		JsonNode image = container.get("image");
		return new ContainerFacts(String.valueOf(container.get("name").asString("")),
				image.isNull() ? null : new Fact(image.asString(), "image", 0), command, environment);
	}

	private static boolean outcome(byte[] bytes, InstrumentOptions options) {
		try {
			return INSTRUMENTER.instrument(ManifestBytes.decode(bytes), options).changed();
		}
		catch (ManifestRefusedException refusal) {
			return false;
		}
	}

	private static List<JsonNode> index(String set) {
		try {
			return Files.readAllLines(corpus.resolve(set).resolve("index.jsonl")).stream().map(JSON::readTree).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] read(String set, JsonNode file) {
		try {
			return Files.readAllBytes(corpus.resolve(set).resolve(file.get("file").asString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The folder beside the repository's, wherever the module is run from. */
	private static Path shared() {
		Path here = Path.of("").toAbsolutePath();
		Path root = Files.exists(here.resolve("mvnw")) ? here : here.getParent();
		return root.resolveSibling("shared");
	}

	private static Run run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		return new Run(process.waitFor(), output);
	}

	private record Run(int status, String output) {
	}

}
