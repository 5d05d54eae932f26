package dev.whence.standalone.evaluate.data;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.whence.standalone.StartException;

/** A range of time that holds all of something, both ends included. */
public record Extent(Instant from, Instant to) {

	/** Records further from the middle one than this have a clock that lies. */
	private static final Duration WILD = Duration.ofDays(30);

	/**
	 * The extent of the signals of a file, but for those whose clock lies.
	 * @throws StartException when there is none
	 */
	public static Extent of(Path file) {
		return find(file).orElseThrow(() -> new StartException("There is no signal in " + file + ".", null));
	}

	/** The same of a file that may be empty: of some faults nothing was seen. */
	public static Optional<Extent> find(Path file) {
		List<Instant> times = new ArrayList<>();
		JsonLines.read(file, (_, line) -> {
			times.add(SignalLine.time(line));
			if (line.path("end_time").isString()) {
				times.add(Instant.parse(line.path("end_time").asString()));
			}
		});
		return times.isEmpty() ? Optional.empty() : Optional.of(of(times));
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
