package dev.whence.analysis.evidence;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.statistics.Surprise;
import org.jspecify.annotations.Nullable;

/**
 * Who alerts more than he usually does. Some things alert in every incident, so each is
 * compared with itself in earlier windows: the number of distinct alerting metrics, the
 * count of the rarest error statement, how soon calls to it fail. A group explains its
 * members: a service when most of its instances alert, a host by what runs on it.
 */
final class AlertEvidence {

	/** What a few alerts alone can be worth. */
	private static final double MOST = 6;

	/** How soon a call fails depends on its traffic, too, so it is worth less. */
	private static final double MOST_OF_A_CALL = 4;

	/** Counts of metrics come nearly evenly, counts of log lines in bursts. */
	private static final double EVENNESS_OF_METRICS = 10;

	private static final double EVENNESS_OF_LOGS = 0.5;

	/** The mean of everybody counts for everyone as much as so many windows. */
	private static final double PRIOR_WINDOWS = 10;

	/** Alerting metrics per window before there is any history. */
	private static final double PRIOR_METRICS = 2;

	/** What never alerted may yet do so, once in three windows. */
	private static final double LEAST_MEAN = 0.3;

	/** Beyond that many lines more lines say nothing. */
	private static final int MOST_LINES = 400;

	/** A statement that says nothing of an error. */
	private static final double NO_ERROR = 0.3;

	private static final Pattern ERROR = Pattern.compile("\\b(error|fatal|critical|severe)\\b|exception|error:",
			Pattern.CASE_INSENSITIVE);

	/** A call has two ends. */
	private static final double ONE_END = 0.5;

	/** An alert is told a little late, and some call always fails first by chance. */
	private static final double LATE_SECONDS = 2;

	private static final double FIRST_BY_CHANCE = 1.5;

	/** A call that never failed may do so once in ten minutes. */
	private static final double PRIOR_SECONDS = 600;

	private static final double PRIOR_FAILURES = 0.5;

	private static final int MESSAGE_LENGTH = 70;

	/** Per entity, what speaks against it by class: the strongest of each. */
	private final SortedMap<String, Map<EvidenceClass, Evidence>> found = new TreeMap<>();

	private final Scene scene;

	private final AlertHistory history;

	private final AlertReading reading;

	private AlertEvidence(Scene scene, Collection<Observation> observations) {
		this.scene = scene;
		this.history = scene.history();
		this.reading = AlertReading.of(observations);
	}

	/**
	 * @param observations those of the scene that count as alerts
	 */
	static void find(Scene scene, Collection<Observation> observations, Clues clues) {
		AlertEvidence alerts = new AlertEvidence(scene, observations);
		alerts.metrics();
		alerts.logs();
		alerts.calls();
		alerts.groups();
		alerts.found.values().forEach((byKind) -> byKind.values().forEach(clues::accuse));
	}

	private void metrics() {
		double everybody = (this.history.windows() == 0) ? PRIOR_METRICS : (sum(this.history.metrics()) + PRIOR_METRICS)
				/ (this.history.metrics().size() * (double) this.history.windows() + 1);
		this.reading.metrics().forEach((entity, alerts) -> {
			double mean = Math.max(LEAST_MEAN,
					(this.history.metrics().getOrDefault(entity, 0) + PRIOR_WINDOWS * everybody)
							/ (this.history.windows() + PRIOR_WINDOWS));
			double strength = Math.min(MOST, Surprise.ofCount(alerts.size(), mean, EVENNESS_OF_METRICS));
			String which = String.join(", ", alerts.keySet().stream().limit(3).toList());
			accuse(EvidenceClass.METRIC_ALERT, entity, strength, alerts.size() + " of its metrics alert (" + which
					+ ((alerts.size() > 3) ? ", ..." : "") + ")" + usually(mean), first(alerts.values()), null);
		});
	}

	/** Where nothing was seen before there is nothing usual to tell, only a guess. */
	private String usually(double mean) {
		return (this.history.windows() > 0) ? ", usually " + told(mean) : "";
	}

	private static int sum(Map<String, Integer> counts) {
		return counts.values().stream().mapToInt(Integer::intValue).sum();
	}

	private void logs() {
		this.reading.logs().forEach((statement, alert) -> {
			double mean = Math.max(LEAST_MEAN,
					(this.history.logs().getOrDefault(statement, 0) + 1.0) / (this.history.windows() + 2.0));
			double strength = Math.min(MOST,
					Surprise.ofCount(Math.min(alert.count(), MOST_LINES), mean, EVENNESS_OF_LOGS))
					* (ERROR.matcher(alert.message()).find() ? 1 : NO_ERROR);
			accuse(EvidenceClass.LOG_ALERT, statement.entity(), strength,
					"it logs '" + shortened(alert.message()) + "' " + alert.count() + " times" + usually(mean),
					alert.observation(), null);
		});
	}

	// The callee that fails first and calls nobody who fails. The rarer a call fails in
	// normal time, the more its early failure says.
	private void calls() {
		Map<AlertedCall, Double> surprises = new TreeMap<>(
				Comparator.comparing(AlertedCall::caller).thenComparing(AlertedCall::callee));
		this.reading.failingCalls()
			.forEach((call, alert) -> surprises.put(call, Math.min(MOST_OF_A_CALL, surprise(call, alert))));
		surprises.forEach((call, surprise) -> {
			double deeper = surprises.entrySet()
				.stream()
				.filter((other) -> other.getKey().caller().equals(call.callee()))
				.mapToDouble(Map.Entry::getValue)
				.max()
				.orElse(0);
			Observation alert = Objects.requireNonNull(this.reading.failingCalls().get(call));
			accuse(EvidenceClass.CALL_ALERT, call.callee(), ONE_END * Math.max(0, surprise - deeper - FIRST_BY_CHANCE),
					"calls from " + call.caller() + " to it fail " + Math.round(seconds(alert))
							+ " s after the first sign of trouble",
					alert, call.caller());
		});
	}

	private double surprise(AlertedCall call, Observation alert) {
		double perSecond = (this.history.calls().getOrDefault(call, 0) + PRIOR_FAILURES)
				/ (seconds(this.history.length()) + PRIOR_SECONDS);
		return Surprise.of(-Math.expm1(-perSecond * (seconds(alert) + LATE_SECONDS)));
	}

	private double seconds(Observation alert) {
		return Math.max(0, seconds(Duration.between(this.scene.from(), alert.startsAt())));
	}

	private static double seconds(Duration duration) {
		return duration.toNanos() / 1e9;
	}

	private void groups() {
		SortedMap<String, Double> strengths = new TreeMap<>();
		this.found.forEach((entity, byKind) -> strengths.put(entity,
				byKind.values().stream().mapToDouble(Evidence::strength).sum()));
		Topology topology = this.scene.topology();
		new TreeMap<>(topology.instances()).forEach((service, instances) -> {
			List<Double> members = strengths(instances, strengths);
			if (members.size() > 1) {
				double together = Math.sqrt(members.size()) * members.get((members.size() - 1) / 2);
				accuseGroup(service, instances, together - strengths.getOrDefault(service, 0.0), "instances");
			}
		});
		new TreeMap<>(topology.hosted()).forEach((host, guests) -> {
			List<Double> members = strengths(guests, strengths);
			if (members.size() > 1) {
				double together = members.stream().mapToDouble(Double::doubleValue).sum() / Math.sqrt(members.size());
				accuseGroup(host, guests, ONE_END * together, "guests");
			}
		});
	}

	private static List<Double> strengths(Collection<String> members, Map<String, Double> strengths) {
		return members.stream().map((member) -> strengths.getOrDefault(member, 0.0)).sorted().toList();
	}

	private void accuseGroup(String group, Collection<String> members, double strength, String what) {
		List<Observation> alerts = members.stream()
			.sorted()
			.flatMap((member) -> this.reading.metrics().getOrDefault(member, new TreeMap<>()).values().stream())
			.toList();
		long alerting = members.stream().filter(this.found::containsKey).count();
		accuse(EvidenceClass.GROUP_ALERT, group, strength,
				alerting + " of its " + members.size() + " " + what + " alert together",
				alerts.isEmpty() ? null : first(alerts), null);
	}

	private static Observation first(Collection<Observation> alerts) {
		return AlertReading.oldestFirst(alerts).getFirst();
	}

	private void accuse(EvidenceClass kind, String entity, double strength, String statement,
			@Nullable Observation first, @Nullable String peer) {
		Evidence evidence = new Evidence(kind, suspect(entity, first), strength, statement, List.of(), null, null,
				(first != null) ? first.startsAt() : this.scene.from(), peer);
		this.found.computeIfAbsent(entity, (_) -> new EnumMap<>(EvidenceClass.class))
			.merge(kind, evidence, AlertEvidence::stronger);
	}

	private static Evidence stronger(Evidence one, Evidence other) {
		int order = Comparator.comparingDouble(Evidence::strength)
			.thenComparing(Evidence::statement, Comparator.reverseOrder())
			.compare(one, other);
		return (order < 0) ? other : one;
	}

	private Suspect suspect(String entity, @Nullable Observation first) {
		String host = (first != null) ? first.labels().getOrDefault("host", "") : "";
		String operation = (first != null) ? first.operation() : "";
		return switch (this.scene.topology().level(entity)) {
			case SERVICE -> new Suspect(entity, operation, "", "", "", host);
			case INSTANCE -> new Suspect(entity, operation, "", "", entity, host);
			case HOST -> new Suspect(entity, operation, "", "", "", entity);
		};
	}

	private static String shortened(String message) {
		String line = message.lines().findFirst().orElse("");
		return (line.length() > MESSAGE_LENGTH) ? line.substring(0, MESSAGE_LENGTH) + "…" : line;
	}

	private static String told(double mean) {
		return String.format(Locale.ROOT, "%.1f", mean);
	}

}
