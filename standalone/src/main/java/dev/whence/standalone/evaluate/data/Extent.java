package dev.whence.standalone.evaluate.data;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.whence.standalone.StartException;

/** A range of time that holds all of something, both ends included. */
public record Extent(Instant from, Instant to) {

	/** Records further from the middle one than this have a clock that lies. */
	private static final Duration WILD = Duration.ofDays(30);

	/** The extent of the signals of a file, but for those whose clock lies. */
	public static Extent of(Path file) {
		List<Instant> times = new ArrayList<>();
		JsonLines.read(file, (_, line) -> {
			times.add(SignalLine.time(line));
			if (line.path("end_time").isString()) {
				times.add(Instant.parse(line.path("end_time").asString()));
			}
		});
		if (times.isEmpty()) {
			throw new StartException("There is no signal in " + file + ".", null);
		}
		return of(times);
	}

	static Extent of(List<Instant> times) {
		List<Instant> sorted = times.stream().sorted().toList();
		Instant middle = sorted.get(sorted.size() / 2);
		List<Instant> credible = sorted.stream()
			.filter((time) -> Duration.between(middle, time).abs().compareTo(WILD) <= 0)
			.toList();
		return new Extent(credible.getFirst(), credible.getLast());
	}

	Extent and(Extent other) {
		return new Extent(this.from.isBefore(other.from) ? this.from : other.from,
				this.to.isAfter(other.to) ? this.to : other.to);
	}

}
