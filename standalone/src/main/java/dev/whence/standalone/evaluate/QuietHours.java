package dev.whence.standalone.evaluate;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.whence.standalone.StartException;
import dev.whence.standalone.evaluate.data.DataSet;
import dev.whence.standalone.evaluate.data.Extent;
import dev.whence.standalone.evaluate.data.FaultCase;
import dev.whence.standalone.evaluate.data.JsonLines;
import dev.whence.standalone.evaluate.data.SignalLine;
import dev.whence.standalone.evaluate.data.Timeline;
import dev.whence.standalone.evaluate.installation.Incidents;
import dev.whence.standalone.evaluate.installation.Installation;
import dev.whence.standalone.evaluate.installation.ProjectClient;
import dev.whence.standalone.evaluate.installation.SignalSender;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replays normal time and counts the incidents that Whence opens by itself, none of which
 * has a cause to be found.
 */
final class QuietHours implements Evaluation {

	/** Data sets scrape at least this often; what lies between two scrapes counts. */
	private static final Duration SLOT = Duration.ofMinutes(5);

	/** No incident for so long after the last signal means that none will come. */
	private static final Duration CALM = Duration.ofSeconds(45);

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final EvaluateOptions options;

	private final DataSet data;

	private final PrintStream out;

	private QuietHours(EvaluateOptions options, DataSet data, PrintStream out) {
		this.options = options;
		this.data = data;
		this.out = out;
	}

	static QuietHours open(EvaluateOptions options, PrintStream out) {
		DataSet data = DataSet.open(options.folder());
		if (data.cases().stream().allMatch((fault) -> fault.baseline().isEmpty())) {
			throw new StartException("The cases of " + options.folder() + " name no baseline to replay.", null);
		}
		return new QuietHours(options, data, out);
	}

	@Override
	public void run(Installation installation) {
		try (Predictions predictions = Predictions.to(this.options.out())) {
			this.data.bySystem().forEach((system, cases) -> replay(installation, system, cases, predictions));
		}
		this.out.println("The incidents are in " + this.options.out() + ".");
	}

	private void replay(Installation installation, String system, List<FaultCase> cases, Predictions predictions) {
		Set<Path> files = new TreeSet<>(cases.stream().flatMap((fault) -> fault.baseline().stream()).toList());
		if (files.isEmpty()) {
			return;
		}
		Duration shift = Timeline.shift(
				files.stream().map((file) -> Extent.of(file).to()).max(Instant::compareTo).orElseThrow(),
				Instant.now());
		ProjectClient project = installation.project(system);
		Set<Long> slots = new HashSet<>();
		SignalSender sender = new SignalSender(project);
		// In the order of time, as it came: a minute is looked at for trouble once.
		for (Recorded recorded : recorded(files)) {
			slots.add(recorded.time().getEpochSecond() / SLOT.toSeconds());
			sender.send(SignalLine.toNative(recorded.line(), recorded.file(), recorded.number(), shift));
		}
		sender.await();
		Incidents incidents = new Incidents(project);
		incidents.awaitLookedAt();
		awaitCalm(incidents);
		List<JsonNode> opened = incidents.all();
		opened.forEach((incident) -> predictions.write(Map.of("system", system, "incident", incident)));
		double hours = slots.size() * SLOT.toSeconds() / 3600.0;
		this.out.printf(Locale.ROOT, "%-28s %8d signals  %6.1f h  %4d incidents  %.2f an hour%n", system, sender.sent(),
				hours, opened.size(), opened.size() / hours);
	}

	private List<Recorded> recorded(Collection<Path> files) {
		List<Recorded> all = new ArrayList<>();
		for (Path file : files) {
			String name = this.data.pathOf(file);
			JsonLines.read(file, (number, line) -> all.add(new Recorded(SignalLine.time(line), name, number, line)));
		}
		all.sort(Comparator.comparing(Recorded::time));
		return all;
	}

	private static void awaitCalm(Incidents incidents) {
		long[] state = { -1, 0 };
		Incidents.poll(PATIENCE, () -> {
			long count = incidents.count();
			long now = System.nanoTime();
			if (count != state[0]) {
				state[0] = count;
				state[1] = now;
			}
			return (now - state[1] > CALM.toNanos()) ? Optional.of(count) : Optional.empty();
		});
	}

	private record Recorded(Instant time, String file, int number, ObjectNode line) {
	}

}
