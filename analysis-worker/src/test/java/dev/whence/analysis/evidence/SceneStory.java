package dev.whence.analysis.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Source;
import dev.whence.analysis.trace.TraceStory;
import dev.whence.model.LogRecord;
import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Tells the window of an incident piece by piece. Times are seconds from its begin; what
 * is told of traces happens at its begin, as {@link TraceStory} has it.
 */
public final class SceneStory {

	public static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

	private static final int MINUTES = 10;

	private final List<MetricSeries> metrics = new ArrayList<>();

	private final List<Observation> observations = new ArrayList<>();

	private final List<Problem> problems = new ArrayList<>();

	private final List<Signal> failing = new ArrayList<>();

	private final List<Signal> window = new ArrayList<>();

	private final List<Conduct> reference = new ArrayList<>();

	private final List<Change> changes = new ArrayList<>();

	private @Nullable Conduct before;

	private final Map<String, Set<String>> callees = new HashMap<>();

	private final Map<String, Set<String>> instances = new HashMap<>();

	private final Map<String, Set<String>> hosted = new HashMap<>();

	private AlertHistory history = AlertHistory.none();

	/**
	 * A metric that is now at another level than it normally is, a little noise on it.
	 */
	public SceneStory metric(String service, String name, double normal, double now) {
		return metric(service, name, "", "", normal, now);
	}

	public SceneStory metric(String service, String name, String source, String target, double normal, double now) {
		double[] values = IntStream.range(0, 60).mapToDouble((i) -> normal * (1 + 0.01 * (i % 3 - 1))).toArray();
		List<MetricSeries.Sample> current = new ArrayList<>();
		for (int minute = -5; minute < MINUTES; minute++) {
			Instant at = BEGIN.plusSeconds(60L * minute);
			current.add(new MetricSeries.Sample(at, (minute < 0) ? normal : now,
					UUID.nameUUIDFromBytes((service + name + source + target + at).getBytes())));
		}
		this.metrics.add(new MetricSeries(service, name, source, target, "", values, current));
		return this;
	}

	public SceneStory calls(String caller, String... callees) {
		this.callees.computeIfAbsent(caller, (_) -> new TreeSet<>()).addAll(Set.of(callees));
		return this;
	}

	public SceneStory instances(String service, String... instances) {
		this.instances.put(service, Set.of(instances));
		return this;
	}

	public SceneStory host(String host, String... guests) {
		this.hosted.put(host, Set.of(guests));
		return this;
	}

	public SceneStory alert(String entity, String name, long second) {
		return observed(entity, name, second, Map.of(), Map.of());
	}

	public SceneStory logAlert(String entity, String message, int count, long second) {
		return observed(entity, "logs", second, Map.of(), Map.of("message", message, "count", Integer.toString(count)));
	}

	public SceneStory callAlert(String caller, String callee, String status, long second) {
		return observed(callee, "call", second, Map.of("caller", caller, "status", status), Map.of());
	}

	/** An alert whose labels say something else than the service. */
	public SceneStory labelled(Map<String, String> labels, String name, long second) {
		this.observations.add(observation("", name, second, labels, Map.of()));
		return this;
	}

	public SceneStory change(String service, long second, String what) {
		this.changes.add(new Change(service, BEGIN.plusSeconds(second), what, null));
		return this;
	}

	/** A trace in which something failed. */
	public SceneStory failing(TraceStory trace) {
		this.problems.addAll(trace.problems());
		this.failing.addAll(trace.signals());
		return this;
	}

	/** A trace of the window, whether it failed or not. */
	public SceneStory trace(TraceStory trace) {
		this.window.addAll(trace.signals());
		return this;
	}

	/** A block of normal time. */
	public SceneStory normally(List<TraceStory> traces) {
		this.reference.add(conduct(traces));
		return this;
	}

	/** The time just before the window. */
	public SceneStory before(List<TraceStory> traces) {
		this.before = conduct(traces);
		return this;
	}

	public SceneStory history(AlertHistory history) {
		this.history = history;
		return this;
	}

	public List<Observation> observations() {
		return List.copyOf(this.observations);
	}

	public Scene tell() {
		return tell(null);
	}

	/** The same scene, everything in it in any order that its order does not matter. */
	public Scene tellShuffled(Random random) {
		return tell(random);
	}

	private Scene tell(@Nullable Random random) {
		return new Scene(BEGIN, BEGIN.plusSeconds(60 * MINUTES),
				ConductWindow.of(shuffled(this.window, random), LogRecord::message), this.before,
				shuffled(this.reference, random), shuffled(this.metrics, random),
				new Topology(this.callees, this.instances, this.hosted), shuffled(this.observations, random),
				this.history, shuffled(this.problems, random), shuffled(this.failing, random),
				shuffled(this.changes, random));
	}

	private static Conduct conduct(List<TraceStory> traces) {
		List<Signal> signals = traces.stream().flatMap((trace) -> trace.signals().stream()).toList();
		return Conduct.of(signals, LogRecord::message);
	}

	private static <T> List<T> shuffled(List<T> list, @Nullable Random random) {
		List<T> shuffled = new ArrayList<>(list);
		if (random != null) {
			Collections.shuffle(shuffled, random);
		}
		return shuffled;
	}

	private SceneStory observed(String entity, String name, long second, Map<String, String> more,
			Map<String, String> annotations) {
		Map<String, String> labels = new TreeMap<>(more);
		labels.put("service", entity);
		this.observations.add(observation(entity, name, second, labels, annotations));
		return this;
	}

	private static Observation observation(String service, String name, long second, Map<String, String> labels,
			Map<String, String> annotations) {
		String fingerprint = UUID.nameUUIDFromBytes((name + labels + annotations).getBytes()).toString();
		return new Observation(ProjectId.DEFAULT, Source.ALERT, fingerprint, name, service, "", Severity.HIGH,
				name + " of " + service, labels, annotations, BEGIN.plusSeconds(second), null);
	}

}
