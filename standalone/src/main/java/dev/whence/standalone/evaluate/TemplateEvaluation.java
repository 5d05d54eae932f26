package dev.whence.standalone.evaluate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.whence.standalone.StartException;
import dev.whence.standalone.evaluate.data.DataSet;
import dev.whence.standalone.evaluate.data.JsonLines;
import dev.whence.standalone.evaluate.data.SignalLine;
import dev.whence.standalone.evaluate.installation.Incidents;
import dev.whence.standalone.evaluate.installation.Installation;
import dev.whence.standalone.evaluate.installation.ProjectClient;
import dev.whence.standalone.evaluate.installation.SignalSender;
import dev.whence.standalone.evaluate.score.Groups;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends log lines of one system after the other, each system a service in a project of
 * its own, asks which template each line belongs to and compares the groups with the true
 * ones.
 */
final class TemplateEvaluation implements Evaluation {

	private static final List<String> ENDINGS = List.of(".jsonl", ".jsonl.gz");

	/** As many lines as one request may ask for. */
	private static final int BATCH = 5_000;

	/** The recordings have no times; lines are sent as if so far apart. */
	private static final Duration STEP = Duration.ofMillis(10);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final EvaluateOptions options;

	private final List<Recording> recordings;

	private final PrintStream out;

	private TemplateEvaluation(EvaluateOptions options, List<Recording> recordings, PrintStream out) {
		this.options = options;
		this.recordings = recordings;
		this.out = out;
	}

	static TemplateEvaluation open(EvaluateOptions options, PrintStream out) {
		DataSet.requireFolder(options.folder());
		List<Recording> recordings = recordings(options.folder());
		if (recordings.isEmpty()) {
			throw new StartException("The folder " + options.folder() + " has no log lines, NAME.jsonl(.gz).", null);
		}
		return new TemplateEvaluation(options, recordings, out);
	}

	@Override
	public void run(Installation installation) {
		List<Groups> scores = new ArrayList<>();
		this.out.printf("%-14s %6s %6s %6s %6s %6s%n", "system", "lines", "GA", "FGA", "true", "found");
		try (Predictions predictions = Predictions.to(this.options.out())) {
			for (Recording recording : this.recordings) {
				replay(installation, recording, predictions).ifPresent(scores::add);
			}
		}
		if (!scores.isEmpty()) {
			this.out.printf(Locale.ROOT, "%-14s %6s %6.4f %6.4f%n", "mean", "",
					scores.stream().mapToDouble(Groups::accuracy).average().orElse(0),
					scores.stream().mapToDouble(Groups::f1).average().orElse(0));
		}
		this.out.println("The groups are in " + this.options.out() + ".");
	}

	private Optional<Groups> replay(Installation installation, Recording recording, Predictions predictions) {
		List<ObjectNode> lines = JsonLines.all(recording.lines());
		ProjectClient project = installation.project(recording.name());
		send(project, recording, lines);
		List<JsonNode> matches = Incidents
			.poll(PATIENCE,
					() -> Optional.of(match(project, recording.name(), lines))
						.filter((found) -> found.stream().allMatch((match) -> match.path("known").asBoolean(false))))
			.orElseGet(() -> match(project, recording.name(), lines));
		Map<Integer, String> events = new HashMap<>();
		for (int i = 0; i < lines.size(); i++) {
			int number = lines.get(i).path("line").asInt();
			String event = matches.get(i).path("id").asString();
			events.put(number, event);
			predictions.write(Map.of("system", recording.name(), "line", number, "event", event, "template",
					matches.get(i).path("template").asString("")));
		}
		long unknown = matches.stream().filter((match) -> !match.path("known").asBoolean(false)).count();
		if (unknown > 0) {
			this.out.println(recording.name() + ": " + unknown + " lines were not learned in time.");
		}
		Optional<Groups> score = recording.truth().map((truth) -> Groups.compare(truth, events));
		this.out.println(score
			.map((groups) -> String.format(Locale.ROOT, "%-14s %6d %6.4f %6.4f %6d %6d", recording.name(), lines.size(),
					groups.accuracy(), groups.f1(), groups.actual(), groups.found()))
			.orElseGet(() -> String.format("%-14s %6d", recording.name(), lines.size())));
		return score;
	}

	private static void send(ProjectClient project, Recording recording, List<ObjectNode> lines) {
		SignalSender sender = new SignalSender(project);
		Instant at = Instant.now().minus(STEP.multipliedBy(lines.size()));
		for (int i = 0; i < lines.size(); i++) {
			ObjectNode signal = JsonMapper.shared()
				.createObjectNode()
				.put("signal", "log")
				.put("trace_id", recording.name())
				.put("service_name", recording.name())
				.put("timestamp", at.plus(STEP.multipliedBy(i)).toString())
				.put("level", lines.get(i).path("level").asString("INFO"))
				.put("message", lines.get(i).path("message").asString(""));
			sender.send(SignalLine.toNative(signal, recording.name(), i + 1, Duration.ZERO));
		}
		sender.await();
		if (sender.rejected() > 0) {
			throw new StartException("Lines of " + recording.name() + " were rejected: " + sender.complaint(), null);
		}
	}

	private static List<JsonNode> match(ProjectClient project, String service, List<ObjectNode> lines) {
		List<JsonNode> matches = new ArrayList<>();
		for (int from = 0; from < lines.size(); from += BATCH) {
			List<String> batch = lines.subList(from, Math.min(lines.size(), from + BATCH))
				.stream()
				.map((line) -> line.path("message").asString(""))
				.toList();
			project.post("/query/patterns/match", Map.of("service", service, "lines", batch))
				.path("matches")
				.forEach(matches::add);
		}
		return matches;
	}

	private static List<Recording> recordings(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> name(file).isPresent())
				.filter((file) -> !file.getFileName().toString().contains(".labels."))
				.sorted()
				.map((file) -> new Recording(name(file).orElseThrow(), file))
				.toList();
		}
		catch (IOException ex) {
			throw new StartException("The folder " + folder + " cannot be read.", ex);
		}
	}

	private static Optional<String> name(Path file) {
		String name = file.getFileName().toString();
		return ENDINGS.stream()
			.filter(name::endsWith)
			.map((ending) -> name.substring(0, name.length() - ending.length()))
			.findFirst();
	}

	/** The lines of one system; its labels lie beside them, if there are any. */
	private record Recording(String name, Path lines) {

		Optional<Map<Integer, String>> truth() {
			return ENDINGS.stream()
				.map((ending) -> this.lines.resolveSibling(this.name + ".labels" + ending))
				.filter(Files::isRegularFile)
				.findFirst()
				.map((file) -> {
					Map<Integer, String> events = new HashMap<>();
					JsonLines.read(file,
							(_, line) -> events.put(line.path("line").asInt(), line.path("event").asString()));
					return events;
				});
		}

	}

}
