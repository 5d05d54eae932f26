package dev.whence.analysis.detection;

import java.time.Duration;
import java.time.Instant;

/**
 * How long something has deviated. What a single minute shows fires when it has done so
 * for two minutes on end, and stops when it has not for three: one bad minute opens
 * nothing, and one good minute ends nothing, so that what comes and goes is one firing.
 *
 * @param since the first minute
 * @param last the latest minute that deviated
 * @param deviating how many minutes on end, up to when it fires
 * @param quiet how many minutes on end it has not
 */
record Standing(Deviation.Kind kind, Instant since, Instant last, int deviating, int quiet, boolean firing) {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	static Standing begin(Deviation deviation, Instant minute) {
		return new Standing(deviation.kind(), minute.minus(deviation.lasting()), minute, 1, 0,
				deviation.kind().firesAfter() <= 1);
	}

	Standing deviates(Instant minute) {
		boolean onEnd = this.firing || this.quiet == 0;
		int minutes = onEnd ? Math.min(this.deviating + 1, this.kind.firesAfter()) : 1;
		return new Standing(this.kind, onEnd ? this.since : minute, minute, minutes, 0,
				this.firing || minutes >= this.kind.firesAfter());
	}

	Standing isQuiet() {
		return new Standing(this.kind, this.since, this.last, this.firing ? this.deviating : 0, this.quiet + 1,
				this.firing);
	}

	/** Nothing is left to be remembered. */
	boolean isOver() {
		return this.firing ? this.quiet >= this.kind.endsAfter() : this.quiet > 0;
	}

	/** When it ended, once it is over. */
	Instant end() {
		return this.last.plus(MINUTE);
	}

}
