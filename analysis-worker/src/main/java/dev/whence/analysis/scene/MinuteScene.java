package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.model.ProjectId;
import dev.whence.store.SignalReader;

import org.springframework.stereotype.Component;

/** Loads what services did in a piece of time and in normal minutes. */
@Component
public class MinuteScene {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final SignalReader signals;

	private final ConductArchive conduct;

	MinuteScene(SignalReader signals, ConductArchive conduct) {
		this.signals = signals;
		this.conduct = conduct;
	}

	/**
	 * What was done.
	 *
	 * @param before in the minute before
	 * @param reference in normal minutes
	 */
	public record Minute(ConductWindow window, Conduct before, List<Conduct> reference) {
	}

	/** Loads a piece of time, of many traces a share. */
	public Minute load(ProjectId project, Instant from, Instant to, List<Instant> normal) {
		ConductWindow window = ConductWindow
			.of(this.signals.sampled(project, from, to, ConductArchive.SPANS_AND_LOGS, ConductArchive.MOST_SIGNALS)
				.signals(), ConductArchive.STATEMENTS);
		List<Conduct> before = this.conduct.of(project, List.of(new Period(from.minus(MINUTE), from)));
		return new Minute(window, before.isEmpty() ? Conduct.none() : before.getFirst(), this.conduct.of(project,
				normal.stream().map((minute) -> new Period(minute, minute.plus(MINUTE))).toList()));
	}

}
