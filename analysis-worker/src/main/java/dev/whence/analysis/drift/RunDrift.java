package dev.whence.analysis.drift;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobRunner;
import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Observations;
import dev.whence.analysis.observation.Source;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.run.Band;
import dev.whence.model.run.DecisionRun;
import dev.whence.model.run.FunnelDrift;
import dev.whence.model.run.Timestamps;
import dev.whence.store.RunReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks, once in a while, at every name of which runs ended lately. What drifts becomes
 * an observation, which opens an incident or joins one; it ends when the latest runs are
 * usual again. Several workers may look at the same: a firing is stored once.
 */
@Component
@EnableConfigurationProperties(DriftProperties.class)
class RunDrift {

	static final String ALERT_NAME = "DecisionDrift";

	private static final Logger log = LoggerFactory.getLogger(RunDrift.class);

	/** Longer than between two looks, so that none is left out. */
	private static final Duration LATELY = Duration.ofMinutes(3);

	private static final Duration CLOCKS = Duration.ofMinutes(1);

	/**
	 * Runs that started so much earlier are what the latest are compared with: however
	 * many run meanwhile, a drift does not become usual while it is looked at.
	 */
	private static final Duration EARLIER = Duration.ofHours(1);

	/** What has been so for that long is how it is now. */
	private static final Duration USUAL_AFTER = Duration.ofDays(1);

	/** Of one project, at one look. */
	private static final int MOST_NAMES = 200;

	private static final int MOST_FIRING = 1_000;

	private static final String PIPELINE = "pipeline";

	private final DriftProperties properties;

	private final RunReader reader;

	private final LatestRuns latestRuns;

	private final Observations observations;

	private final JobQueue queue;

	private final JobRunner runner;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	RunDrift(DriftProperties properties, RunReader reader, LatestRuns latestRuns, Observations observations,
			JobQueue queue, JobRunner runner, TransactionOperations transactions, InstantSource clock) {
		this.properties = properties;
		this.reader = reader;
		this.latestRuns = latestRuns;
		this.observations = observations;
		this.queue = queue;
		this.runner = runner;
		this.transactions = transactions;
		this.clock = clock;
	}

	@Scheduled(initialDelayString = "PT20S", fixedDelayString = "${whence.drift.every:30s}")
	void look() {
		if (!this.properties.enabled()) {
			return;
		}
		Instant now = this.clock.instant();
		try {
			this.reader.namesOfStored(now.minus(LATELY), now.plus(CLOCKS), MOST_NAMES)
				.forEach((project, names) -> names.forEach((name) -> lookAt(project, name)));
		}
		catch (DataAccessException ex) {
			log.warn("Decision runs could not be looked at; they will be in a while", ex);
		}
	}

	// Whatever one pipeline sends, the others are looked at.
	private void lookAt(ProjectId project, String name) {
		try {
			look(project, name);
		}
		catch (RuntimeException ex) {
			log.warn("Decision runs of one name in project {} could not be looked at", project.value(), ex);
		}
	}

	private void look(ProjectId project, String name) {
		List<DecisionRun> runs = this.latestRuns.of(project, name);
		if (runs.isEmpty()) {
			return;
		}
		List<Observation> firing = this.observations.firing(project, Source.DETECTION, MOST_FIRING)
			.stream()
			.filter((one) -> one.name().equals(ALERT_NAME) && storable(name).equals(one.labels().get(PIPELINE)))
			.toList();
		Map<String, FunnelDrift> drifts = FunnelDrift.in(runs, usual(project, name, runs, firing))
			.stream()
			.collect(Collectors.toMap((drift) -> fingerprint(name, drift), (drift) -> drift, (one, _) -> one));
		Set<String> known = firing.stream().map(Observation::fingerprint).collect(Collectors.toSet());
		Instant latest = time(runs.getFirst());
		this.transactions.executeWithoutResult((_) -> {
			drifts.forEach((fingerprint, drift) -> {
				if (!known.contains(fingerprint)) {
					observe(observation(project, name, fingerprint, drift));
				}
			});
			firing.stream()
				.filter((one) -> !drifts.containsKey(one.fingerprint())
						|| one.startsAt().isBefore(latest.minus(USUAL_AFTER)))
				.forEach((one) -> observe(ended(one, latest)));
		});
		if (drifts.size() != known.size() || !known.containsAll(drifts.keySet())) {
			this.runner.wake();
		}
	}

	/**
	 * What the latest runs are compared with: runs from before it began, while it lasts.
	 */
	private List<DecisionRun> usual(ProjectId project, String name, List<DecisionRun> runs, List<Observation> firing) {
		Instant began = firing.stream().map(Observation::startsAt).min(Comparator.naturalOrder()).orElse(null);
		if (began != null && began.isAfter(time(runs.getFirst()).minus(USUAL_AFTER))) {
			return this.latestRuns.startedUntil(project, name, began.minusNanos(1));
		}
		List<DecisionRun> earlier = this.latestRuns.startedUntil(project, name, time(runs.getFirst()).minus(EARLIER));
		// A pipeline that has not been there for an hour has only what came right before.
		return (earlier.size() >= Band.FEWEST || runs.size() <= FunnelDrift.LASTING) ? earlier
				: runs.subList(FunnelDrift.LASTING, runs.size());
	}

	private void observe(Observation observation) {
		if (this.observations.put(observation)) {
			log.info("{} in project {}: {}", (observation.endsAt() == null) ? "Drifts" : "Usual again",
					observation.project().value(), observation.title());
			this.queue.wantAnother(observation.project(), JobKind.GROUP,
					new ProblemSubject(ProblemSubject.Kind.OBSERVATION, observation.fingerprint()).toString());
		}
	}

	private Observation observation(ProjectId project, String name, String fingerprint, FunnelDrift drift) {
		String service = storable(service(drift.last()).orElse(name));
		Map<String, String> labels = new TreeMap<>(Map.of("alertname", ALERT_NAME, "service", service, "operation",
				storable(drift.stage()), PIPELINE, storable(name)));
		return new Observation(project, Source.DETECTION, fingerprint, ALERT_NAME, service, storable(drift.stage()),
				(drift.what() == FunnelDrift.What.DROP_RATE) ? Severity.HIGH : Severity.MEDIUM,
				storable(title(name, drift)), labels,
				Map.of("first_run", drift.first().id().toString(), "latest_run", drift.last().id().toString(), "usual",
						"%.4g to %.4g".formatted(Math.max(0, drift.usual().low()), drift.usual().high()), "latest",
						"%.4g".formatted(drift.latest())),
				time(drift.first()), null);
	}

	private static String title(String name, FunnelDrift drift) {
		return switch (drift.what()) {
			case DROP_RATE -> "%s of %s drops %.0f %% of its candidates, usual are %.0f %%".formatted(drift.stage(),
					name, 100 * drift.latest(), 100 * drift.usual().median());
			case COST -> "%s of %s costs %.4g, usual is %.4g".formatted(drift.stage(), name, drift.latest(),
					drift.usual().median());
		};
	}

	private static Observation ended(Observation firing, Instant end) {
		return new Observation(firing.project(), firing.source(), firing.fingerprint(), firing.name(), firing.service(),
				firing.operation(), firing.severity(), firing.title(), firing.labels(), firing.annotations(),
				firing.startsAt(), end.isAfter(firing.startsAt()) ? end : firing.startsAt());
	}

	private static Optional<String> service(DecisionRun run) {
		return (run.tags().get("service") instanceof String service && !service.isBlank()) ? Optional.of(service)
				: Optional.empty();
	}

	// PostgreSQL keeps no NUL.
	private static String storable(String text) {
		return text.replace('\0', '\uFFFD');
	}

	// PostgreSQL keeps microseconds.
	private Instant time(DecisionRun run) {
		return Timestamps.parse(run.startedAt())
			.or(() -> Timestamps.parse(run.completedAt()))
			.orElseGet(this.clock::instant)
			.truncatedTo(ChronoUnit.MICROS);
	}

	private static String fingerprint(String name, FunnelDrift drift) {
		String text = String.join("\n", ALERT_NAME, name, drift.stage(), drift.stageType(),
				drift.what().name().toLowerCase(Locale.ROOT));
		return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
	}

}
