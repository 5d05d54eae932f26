package dev.whence.analysis.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobRunner;
import dev.whence.analysis.observation.AlertFirings;
import dev.whence.analysis.observation.Firing;
import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Source;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps the firings of alerts as they are posted, and wants their incidents brought up to
 * date in the same transaction. Posting the same again changes nothing.
 */
@Component
class AlertIntake {

	/** More than this expire at once only after a long stop; the rest follows. */
	private static final int MAX_EXPIRING = 1_000;

	/** The longest title; it is a line in a list. */
	private static final int MAX_TITLE = 300;

	private final AlertFirings firings;

	private final JobQueue queue;

	private final JobRunner runner;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	AlertIntake(AlertFirings firings, JobQueue queue, JobRunner runner, TransactionOperations transactions,
			InstantSource clock) {
		this.firings = firings;
		this.queue = queue;
		this.runner = runner;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * @param timeout how long an alert without an end goes on without being posted again
	 */
	void take(ProjectId project, List<PostedAlert> alerts, Duration timeout) {
		if (alerts.isEmpty()) {
			return;
		}
		// PostgreSQL keeps microseconds.
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		List<Report> reports = alerts.stream().map((alert) -> report(project, alert, now, timeout)).toList();
		this.transactions.executeWithoutResult((_) -> {
			this.firings.lock(project);
			TreeSet<String> changed = new TreeSet<>();
			Map<String, List<Firing>> known = known(project, reports);
			for (Report report : reports) {
				String fingerprint = report.firing().observation().fingerprint();
				if (take(report, known.computeIfAbsent(fingerprint, (_) -> new ArrayList<>()))) {
					changed.add(fingerprint);
				}
			}
			changed.forEach((fingerprint) -> this.queue.wantAnother(project, JobKind.GROUP,
					new ProblemSubject(ProblemSubject.Kind.OBSERVATION, fingerprint).toString()));
		});
		this.runner.wake();
	}

	/** Ends what nobody has posted for too long. */
	@Scheduled(initialDelayString = "PT10S", fixedDelayString = "${whence.alert.expire-every:15s}")
	void expire() {
		this.transactions.executeWithoutResult((_) -> this.firings.expire(this.clock.instant(), MAX_EXPIRING)
			.stream()
			.distinct()
			.sorted(Comparator.comparing(AlertFirings.Expired::toString))
			.forEach((expired) -> this.queue.wantAnother(expired.project(), JobKind.GROUP,
					expired.subject().toString())));
	}

	private Map<String, List<Firing>> known(ProjectId project, List<Report> reports) {
		Instant from = reports.stream()
			.map((report) -> report.firing().observation().startsAt())
			.min(Comparator.naturalOrder())
			.orElseThrow();
		Instant to = reports.stream().map(Report::reaches).max(Comparator.naturalOrder()).orElseThrow();
		return this.firings
			.touching(project,
					reports.stream()
						.map((report) -> report.firing().observation().fingerprint())
						.collect(Collectors.toSet()),
					from, to)
			.stream()
			.collect(Collectors.groupingBy((firing) -> firing.observation().fingerprint(),
					Collectors.toCollection(ArrayList::new)));
	}

	/** Whether there is anything new for the incident. */
	private boolean take(Report report, List<Firing> known) {
		for (int i = 0; i < known.size(); i++) {
			Firing before = known.get(i);
			Optional<Firing> merged = before.merge(report.firing(), report.startIsGuessed());
			if (merged.isPresent()) {
				Firing after = merged.get();
				if (!after.equals(before)) {
					known.set(i, this.firings.put(after));
				}
				return after.tellsMoreThan(before);
			}
		}
		known.add(this.firings.put(report.firing()));
		return true;
	}

	private static Report report(ProjectId project, PostedAlert alert, Instant now, Duration timeout) {
		Instant said = micros(alert.endsAt());
		boolean over = said != null && !said.isAfter(now);
		Instant start = micros(alert.startsAt());
		if (start == null) {
			start = (over && said != null) ? said : now;
		}
		Instant expires = over ? null : (said != null) ? said : later(start, now).plus(timeout);
		SortedMap<String, String> labels = alert.labels();
		AlertMeaning meaning = AlertMeaning.of(labels, alert.annotations());
		Observation observation = new Observation(project, Source.ALERT, LabelFingerprint.of(labels), meaning.name(),
				meaning.service(), labels.getOrDefault("operation", ""), meaning.severity(), meaning.title(MAX_TITLE),
				labels, alert.annotations(), start, over ? said : null);
		return new Report(new Firing(null, observation, alert.generatorURL(), expires, now, null),
				alert.startsAt() == null);
	}

	private static @Nullable Instant micros(@Nullable Instant time) {
		return (time != null) ? time.truncatedTo(ChronoUnit.MICROS) : null;
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private record Report(Firing firing, boolean startIsGuessed) {

		Instant reaches() {
			Instant end = this.firing.observation().endsAt();
			Instant expires = this.firing.expiresAt();
			return (end != null) ? end : (expires != null) ? expires : this.firing.observation().startsAt();
		}

	}

}
