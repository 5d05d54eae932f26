package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

import dev.whence.analysis.incident.IncidentPeriods;
import dev.whence.model.ProjectId;
import dev.whence.store.rollup.MinuteTotals;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.RollupReader;

import org.springframework.stereotype.Component;

/**
 * Knows which time of a project was normal. Incidents are cut out of it, so that what is
 * learned stands still while one is open.
 */
@Component
public class NormalHistory {

	/** The same hour of each day of a week is among it. */
	private static final Duration REACH = Duration.ofDays(7);

	private static final int REACH_MINUTES = 7 * 24 * 60;

	private static final int MAX_INCIDENTS = 200;

	/**
	 * What alerts in an incident is told by incidents alone, and a week has few of them.
	 */
	private static final Duration ALERTS_REACH = Duration.ofDays(90);

	private static final int MAX_ALERTED = 2_000;

	/**
	 * The newest say enough: the mean of a hundred windows hardly moves with one more.
	 */
	private static final int ALERT_WINDOWS = 100;

	/** What an incident's end leaves behind belongs to it. */
	private static final Duration AFTERMATH = Duration.ofMinutes(1);

	/**
	 * What nobody reported and began so long ago is how the system is; to leave it out
	 * would make every usual error look new.
	 */
	private static final Duration USUAL = Duration.ofHours(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/** How many pieces of normal time a window is compared with. */
	private static final int PIECES = 24;

	private final RollupReader rollups;

	private final IncidentPeriods incidents;

	NormalHistory(RollupReader rollups, IncidentPeriods incidents) {
		this.rollups = rollups;
		this.incidents = incidents;
	}

	/**
	 * The normal time before an instant.
	 * @param except an incident that is looked at; its own time ends at that instant
	 */
	Normal until(ProjectId project, Instant end, UUID except) {
		return new Normal(end, this.rollups.minutes(project, Minutes.between(end.minus(REACH), end), REACH_MINUTES),
				this.incidents.others(project, except, end.minus(REACH), end, MAX_INCIDENTS));
	}

	/**
	 * When alerts fired before an instant, oldest first. Incidents of the same time are
	 * one window: its alerts would count once for each.
	 * @param except an incident that is looked at
	 * @param own earlier windows of that one
	 */
	List<Period> alertWindows(ProjectId project, Instant before, UUID except, List<Period> own) {
		List<Period> alerted = new ArrayList<>(own);
		this.incidents.others(project, except, before.minus(ALERTS_REACH), before, MAX_ALERTED)
			.stream()
			.filter(IncidentPeriods.Period::alerted)
			.map((other) -> new Period(other.firstSeen(), other.lastSeen()))
			.forEach(alerted::add);
		alerted.removeIf((window) -> !window.to().isBefore(before));
		List<Period> windows = Period.covered(alerted);
		return windows.subList(Math.max(0, windows.size() - ALERT_WINDOWS), windows.size());
	}

	/**
	 * Whole minutes with spans to compare a minute with.
	 * @param most how many
	 */
	public List<Instant> minutesWithSpans(ProjectId project, Instant end, int most) {
		return until(project, end, new UUID(0, 0)).whole(MinuteTotals::spans, most);
	}

	/**
	 * Which minutes of an interval lie in no incident that was real: somebody else
	 * reported it, too, or a person dealt with it. What only Whence saw and nobody cared
	 * about is how the system is.
	 */
	public Predicate<Instant> normalMinutes(ProjectId project, Instant from, Instant to) {
		List<Period> troubled = this.incidents.others(project, new UUID(0, 0), from, to, MAX_INCIDENTS)
			.stream()
			.filter((incident) -> incident.alerted() || incident.handled())
			.map((incident) -> new Period(incident.firstSeen(), incident.lastSeen().plus(AFTERMATH)))
			.toList();
		return (minute) -> troubled.stream()
			.noneMatch((trouble) -> minute.plus(MINUTE).isAfter(trouble.from()) && minute.isBefore(trouble.to()));
	}

	/**
	 * Normal time.
	 *
	 * @param end nothing after it is normal
	 * @param incidents what was not normal, oldest first
	 */
	record Normal(Instant end, List<MinuteTotals> minutes, List<IncidentPeriods.Period> incidents) {

		/** The same without some time in which the incident itself was reported. */
		Normal without(List<Period> reported) {
			List<IncidentPeriods.Period> all = new ArrayList<>(this.incidents);
			reported.forEach((period) -> all
				.add(new IncidentPeriods.Period(new UUID(0, 0), period.from(), period.to(), true, true)));
			all.sort(Comparator.comparing(IncidentPeriods.Period::firstSeen));
			return new Normal(this.end, this.minutes, all);
		}

		/** Pieces with spans, cut where an incident was. */
		List<Period> pieces() {
			return choose(MinuteTotals::spans, PIECES);
		}

		/** Minutes with points of metrics; a point says nothing about a part of one. */
		List<Instant> minutesWithPoints(int most) {
			return whole(MinuteTotals::points, most);
		}

		/** Whether something was reported at a time. */
		Predicate<Instant> reported() {
			List<Period> reported = troubled(IncidentPeriods.Period::alerted);
			return (time) -> reported.stream()
				.anyMatch((trouble) -> !time.isBefore(trouble.from()) && time.isBefore(trouble.to()));
		}

		private List<Instant> whole(ToLongFunction<MinuteTotals> amount, int most) {
			return choose(amount, most).stream()
				.filter((piece) -> piece.length().equals(MINUTE))
				.map(Period::from)
				.toList();
		}

		private List<Period> choose(ToLongFunction<MinuteTotals> amount, int most) {
			List<Instant> held = this.minutes.stream()
				.filter((minute) -> amount.applyAsLong(minute) > 0)
				.map(MinuteTotals::minute)
				.toList();
			return NormalTime.choose(held, troubled(IncidentPeriods.Period::alerted),
					troubled((incident) -> !incident.alerted() && incident.firstSeen().isAfter(this.end.minus(USUAL))),
					this.end, most);
		}

		private List<Period> troubled(Predicate<IncidentPeriods.Period> which) {
			return this.incidents.stream()
				.filter(which)
				.map((incident) -> new Period(incident.firstSeen(), incident.lastSeen().plus(AFTERMATH)))
				.toList();
		}

	}

}
