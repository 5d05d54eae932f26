package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Source;

/** Finds the stretches of time in which an incident was reported. */
final class Flares {

	/** As long as a firing outlives good minutes, and a scrape is missed. */
	private static final Duration PAUSE = Duration.ofMinutes(5);

	private Flares() {
	}

	/**
	 * The stretches, oldest first. Alerts alone count when there are any: their time is
	 * more exact than that of a detection.
	 * @param now where what has not ended ends
	 */
	static List<Period> of(List<Observation> observations, Instant now) {
		boolean alerted = observations.stream().anyMatch((observation) -> observation.source() == Source.ALERT);
		List<Observation> sorted = observations.stream()
			.filter((observation) -> !alerted || observation.source() == Source.ALERT)
			.sorted(Comparator.comparing(Observation::startsAt))
			.toList();
		List<Period> flares = new ArrayList<>();
		for (Observation observation : sorted) {
			Instant from = observation.startsAt();
			Instant to = (observation.endsAt() != null) ? observation.endsAt() : now;
			Period last = flares.isEmpty() ? null : flares.getLast();
			if (last == null || from.isAfter(last.to().plus(PAUSE))) {
				flares.add(new Period(from, to.isBefore(from) ? from : to));
			}
			else if (to.isAfter(last.to())) {
				flares.set(flares.size() - 1, new Period(last.from(), to));
			}
		}
		return flares;
	}

}
