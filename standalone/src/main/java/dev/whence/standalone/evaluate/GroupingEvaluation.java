package dev.whence.standalone.evaluate;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.whence.standalone.StartException;
import dev.whence.standalone.evaluate.data.AlertLine;
import dev.whence.standalone.evaluate.data.DataSet;
import dev.whence.standalone.evaluate.data.JsonLines;
import dev.whence.standalone.evaluate.data.NameUuid;
import dev.whence.standalone.evaluate.data.SignalLine;
import dev.whence.standalone.evaluate.data.Timeline;
import dev.whence.standalone.evaluate.installation.Alerts;
import dev.whence.standalone.evaluate.installation.Incidents;
import dev.whence.standalone.evaluate.installation.Installation;
import dev.whence.standalone.evaluate.score.Clusters;
import org.jspecify.annotations.Nullable;

/**
 * Posts a stream of alerts in its order and compares the incidents that they end up in
 * with the true ones.
 */
final class GroupingEvaluation implements Evaluation {

	/** As many alerts as are posted together, which is few compared to an incident. */
	private static final int BATCH = 20;

	/** As many as are asked for together. */
	private static final int PAGE = 1_000;

	/**
	 * How long after its first firing a flapping alert fires again, at least and at most.
	 */
	private static final int AGAIN_FROM = 20;

	private static final int AGAIN_TO = 60;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final EvaluateOptions options;

	private final List<Item> stream;

	private final @Nullable Path labels;

	private final PrintStream out;

	private GroupingEvaluation(EvaluateOptions options, List<Item> stream, @Nullable Path labels, PrintStream out) {
		this.options = options;
		this.stream = stream;
		this.labels = labels;
		this.out = out;
	}

	static GroupingEvaluation open(EvaluateOptions options, PrintStream out) {
		Path folder = options.folder();
		DataSet.requireFolder(folder);
		Path alerts = Stream.of("alerts.jsonl", "alerts.jsonl.gz")
			.map(folder::resolve)
			.filter(Files::isRegularFile)
			.findFirst()
			.orElseThrow(() -> new StartException("The folder " + folder + " has no alerts.jsonl(.gz).", null));
		Path labels = folder.resolve("labels.jsonl");
		return new GroupingEvaluation(options, read(alerts, options.flapping()),
				Files.isRegularFile(labels) ? labels : null, out);
	}

	@Override
	public void run(Installation installation) {
		Alerts alerts = new Alerts(installation.project("alerts"));
		for (int from = 0; from < this.stream.size(); from += BATCH) {
			List<Item> batch = this.stream.subList(from, Math.min(this.stream.size(), from + BATCH));
			alerts.send(batch.stream().map(Item::alert).toList());
			if (from / BATCH % 50 == 0) {
				this.out.println("  " + from + " of " + this.stream.size() + " alerts");
			}
		}
		Map<AlertLine.Identity, String> incidents = Incidents
			.poll(PATIENCE, () -> Optional.of(incidents(alerts)).filter(this::hasAll))
			.orElseGet(() -> incidents(alerts));
		Map<String, String> clusters = new HashMap<>();
		try (Predictions predictions = Predictions.to(this.options.out())) {
			for (Item item : this.stream) {
				String incident = incidents.get(item.alert().identity());
				if (incident != null) {
					clusters.put(item.key(), incident);
					if (!item.again()) {
						predictions.write(Map.of("id", item.id(), "cluster", incident));
					}
				}
			}
		}
		print(clusters);
	}

	private boolean hasAll(Map<AlertLine.Identity, String> incidents) {
		return this.stream.stream().allMatch((item) -> incidents.containsKey(item.alert().identity()));
	}

	private Map<AlertLine.Identity, String> incidents(Alerts alerts) {
		Map<AlertLine.Identity, String> incidents = new HashMap<>();
		for (int from = 0; from < this.stream.size(); from += PAGE) {
			List<Item> page = this.stream.subList(from, Math.min(this.stream.size(), from + PAGE));
			incidents.putAll(alerts.incidents(page.getFirst().alert().startsAt(), page.getLast().alert().startsAt()));
		}
		return incidents;
	}

	private void print(Map<String, String> clusters) {
		this.out.println(clusters.size() + " of " + this.stream.size() + " alerts are in "
				+ clusters.values().stream().distinct().count() + " incidents.");
		if (this.labels == null) {
			this.out.println("There is no labels.jsonl, so nobody knows which belong together.");
			return;
		}
		Map<Long, String> truth = new HashMap<>();
		JsonLines.read(this.labels, (_, line) -> truth.put(line.path("id").asLong(), line.path("cluster").asString()));
		Map<String, String> expected = new HashMap<>();
		for (Item item : this.stream) {
			String cluster = truth.get(item.id());
			if (cluster != null) {
				expected.put(item.key(), cluster);
			}
		}
		Clusters score = Clusters.compare(expected, clusters);
		this.out.printf(Locale.ROOT, "pairwise F1 %.4f, precision %.4f, recall %.4f, %.1f alerts an incident%n",
				score.f1(), score.precision(), score.recall(), score.compression());
	}

	private static List<Item> read(Path file, int flapping) {
		List<Item> recorded = new ArrayList<>();
		Instant[] last = { Instant.MIN };
		JsonLines.read(file, (_, line) -> {
			Instant at = SignalLine.time(line);
			last[0] = at.isAfter(last[0]) ? at : last[0];
			recorded.add(new Item(line.path("id").asLong(), AlertLine.read(line, null, Duration.ZERO), false));
		});
		if (recorded.isEmpty()) {
			throw new StartException("There is no alert in " + file + ".", null);
		}
		Duration shift = Timeline.shift(last[0], Instant.now());
		List<Item> stream = new ArrayList<>();
		for (Item item : recorded) {
			Item moved = new Item(item.id(), item.alert().again(shift), false);
			stream.add(moved);
			long hash = NameUuid.of("flapping/" + item.id()).getMostSignificantBits() >>> 1;
			if (hash % 100 < flapping) {
				Duration later = Duration.ofSeconds(AGAIN_FROM + hash / 100 % (AGAIN_TO - AGAIN_FROM + 1));
				stream.add(new Item(item.id(), moved.alert().again(later), true));
			}
		}
		stream.sort(Comparator.comparing((Item item) -> item.alert().startsAt()).thenComparing(Item::id));
		return stream;
	}

	/**
	 * One firing.
	 *
	 * @param again whether it is a second one, which flapping made
	 */
	private record Item(long id, AlertLine alert, boolean again) {

		String key() {
			return this.again ? this.id + "/again" : Long.toString(this.id);
		}

	}

}
