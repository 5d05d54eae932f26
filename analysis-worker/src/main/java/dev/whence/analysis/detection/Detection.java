package dev.whence.analysis.detection;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobHandler;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Observations;
import dev.whence.analysis.observation.Source;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks at the minutes of a project one after the other, and has an incident formed of
 * what deviates for long enough. What a minute changes is stored with the note that it
 * was looked at, so that a minute counts once, whoever tries again.
 */
@Component
class Detection implements JobHandler {

	private static final Logger log = LoggerFactory.getLogger(Detection.class);

	/** So many at a time, then others get their turn. */
	private static final int MINUTES = 20;

	private final Standings standings;

	private final MinuteComparison comparison;

	private final Observations observations;

	private final JobQueue queue;

	private final TransactionOperations transactions;

	Detection(Standings standings, MinuteComparison comparison, Observations observations, JobQueue queue,
			TransactionOperations transactions) {
		this.standings = standings;
		this.comparison = comparison;
		this.observations = observations;
		this.queue = queue;
		this.transactions = transactions;
	}

	@Override
	public JobKind kind() {
		return JobKind.DETECT;
	}

	@Override
	public void run(Claim claim) {
		List<Instant> minutes = this.standings.noted(claim.project(), MINUTES);
		for (Instant minute : minutes) {
			MinuteComparison.Compared compared = this.comparison.compare(claim.project(), minute,
					this.standings.of(claim.project()));
			this.transactions.executeWithoutResult((_) -> {
				if (compared.kinds().isEmpty()) {
					// It says nothing, so those before it may still be looked at.
					this.standings.leaveOut(claim.project(), minute);
				}
				else {
					take(claim.project(), minute, compared);
				}
			});
		}
		if (minutes.size() == MINUTES) {
			this.queue.wantAnother(claim.project(), JobKind.DETECT, claim.subject());
		}
		this.transactions.executeWithoutResult((_) -> this.queue.finish(claim, claim.wantedVersion()));
	}

	private void take(ProjectId project, Instant minute, MinuteComparison.Compared compared) {
		// A worker that lost its lease may still be here: the minute counts once.
		this.standings.lock(project);
		if (this.standings.latest(project).filter((latest) -> !latest.isBefore(minute)).isPresent()) {
			return;
		}
		Map<String, Deviation> seen = new TreeMap<>();
		compared.deviations()
			.forEach((deviation) -> seen.merge(deviation.fingerprint(), deviation,
					(one, other) -> (one.strength() >= other.strength()) ? one : other));
		Map<String, Standing> standings = new HashMap<>(this.standings.of(project));
		Set<String> all = new TreeSet<>(standings.keySet());
		all.addAll(seen.keySet());
		for (String fingerprint : all) {
			Standing before = standings.get(fingerprint);
			Deviation deviation = seen.get(fingerprint);
			if (deviation != null) {
				Standing now = (before != null) ? before.deviates(minute) : Standing.begin(deviation, minute);
				this.standings.put(project, fingerprint, now);
				if (now.firing() && (before == null || !before.firing())) {
					log.info("Detected in project {}: {}", project.value(), deviation.statement());
					observe(observation(project, fingerprint, deviation, now));
				}
				else if (now.firing()) {
					escalate(project, fingerprint, deviation);
				}
			}
			else if (before != null && compared.kinds().contains(before.kind())) {
				quiet(project, fingerprint, before.isQuiet());
			}
		}
		this.standings.passed(project, minute);
	}

	private void escalate(ProjectId project, String fingerprint, Deviation deviation) {
		this.observations.of(project, fingerprint, 1)
			.stream()
			.filter((firing) -> !firing.severity().isAtLeast(deviation.severity()))
			.forEach((firing) -> observe(graver(firing, deviation)));
	}

	private void quiet(ProjectId project, String fingerprint, Standing standing) {
		if (!standing.isOver()) {
			this.standings.put(project, fingerprint, standing);
			return;
		}
		this.standings.remove(project, fingerprint);
		if (standing.firing()) {
			this.observations.of(project, fingerprint, 1).forEach((firing) -> observe(ended(firing, standing.end())));
		}
	}

	private void observe(Observation observation) {
		if (this.observations.put(observation)) {
			this.queue.wantAnother(observation.project(), JobKind.GROUP,
					new ProblemSubject(ProblemSubject.Kind.OBSERVATION, observation.fingerprint()).toString());
		}
	}

	private static Observation observation(ProjectId project, String fingerprint, Deviation deviation,
			Standing standing) {
		Map<String, String> labels = new TreeMap<>(
				Map.of("alertname", deviation.alertName(), "service", deviation.service()));
		if (!deviation.operation().isEmpty()) {
			labels.put("operation", deviation.operation());
		}
		return new Observation(project, Source.DETECTION, fingerprint, deviation.alertName(), deviation.service(),
				deviation.operation(), deviation.severity(), deviation.statement(), labels,
				Map.of("strength", "%.1f".formatted(deviation.strength())), standing.since(), null);
	}

	private static Observation graver(Observation firing, Deviation deviation) {
		return new Observation(firing.project(), firing.source(), firing.fingerprint(), firing.name(), firing.service(),
				firing.operation(), deviation.severity(), deviation.statement(), firing.labels(), firing.annotations(),
				firing.startsAt(), firing.endsAt());
	}

	private static Observation ended(Observation firing, Instant end) {
		return new Observation(firing.project(), firing.source(), firing.fingerprint(), firing.name(), firing.service(),
				firing.operation(), firing.severity(), firing.title(), firing.labels(), firing.annotations(),
				firing.startsAt(), end);
	}

}
