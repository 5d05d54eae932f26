package dev.whence.store.rollup;

/** How many signals of each kind there are; points are those of metrics. */
public record SignalTotals(long logs, long spans, long points) {

	public static final SignalTotals NONE = new SignalTotals(0, 0, 0);

	public SignalTotals plus(SignalTotals other) {
		return new SignalTotals(this.logs + other.logs, this.spans + other.spans, this.points + other.points);
	}

	public long all() {
		return this.logs + this.spans + this.points;
	}

}
