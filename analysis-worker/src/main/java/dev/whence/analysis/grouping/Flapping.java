package dev.whence.analysis.grouping;

/**
 * How often alerts fire again without meaning it: so many repetitions in so many seconds
 * during which incidents went on.
 */
public record Flapping(double repeats, double seconds) {

	/** What is assumed before anything is known: one in a hundred seconds. */
	public static final Flapping ASSUMED = new Flapping(1, 100);

	Flapping plus(double repeats, double seconds) {
		return new Flapping(this.repeats + repeats, this.seconds + seconds);
	}

	/**
	 * The probability of at least so many repetitions within a time. They come in clumps,
	 * which is why their number is taken as geometric.
	 */
	double chance(int repetitions, double seconds) {
		double expected = Math.max(ASSUMED.repeats, this.repeats) / this.seconds * seconds;
		return Math.pow(expected / (1 + expected), repetitions);
	}

}
