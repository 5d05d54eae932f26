package dev.whence.analysis.statistics;

/**
 * How surprising an observation is in normal time, as -log10 of a tail probability: 2
 * means once in a hundred, 3 once in a thousand. All evidence is measured so, whatever
 * its unit.
 */
public final class Surprise {

	/** Beyond this, digits say nothing. */
	private static final double LEAST_PROBABILITY = 1e-30;

	/** The mean of a count that never occurred before is not quite zero. */
	private static final double LEAST_TAIL_OF_COUNTS = 1e-12;

	/** From here the tail of the t distribution is its first term to four digits. */
	private static final double FAR = 200;

	/** Lanczos coefficients for g = 7, n = 9; relative error below 1e-14. */
	private static final double[] LANCZOS = { 0.99999999999980993, 676.5203681218851, -1259.1392167224028,
			771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
			1.5056327351493116e-7 };

	private Surprise() {
	}

	/** -log10 of a probability, at most 30. */
	public static double of(double probability) {
		return -Math.log10(Math.max(probability, LEAST_PROBABILITY));
	}

	/**
	 * The upper tail of Student's t with 3 degrees of freedom: telemetry has heavy tails,
	 * so that 3 scales off are worth 1.5 and 10 scales off 3.
	 */
	public static double ofDeviation(double scales) {
		if (!(scales > 0)) {
			return 0;
		}
		if (scales > FAR) {
			return of(1.1027 / (scales * scales * scales));
		}
		double x = scales / Math.sqrt(3);
		return of(0.5 - (x / (1 + x * x) + Math.atan(x)) / Math.PI);
	}

	/**
	 * How surprising so few hits are, when a reference had {@code referenceHits} of
	 * {@code referenceTrials}: the lower tail of the beta-binomial distribution with
	 * Jeffreys' prior, so that a short reference makes weak evidence.
	 */
	public static double ofSoFew(int hits, int trials, double referenceHits, double referenceTrials) {
		return of(betaBinomial(hits, trials, referenceHits + 0.5, referenceTrials - referenceHits + 0.5));
	}

	/** How surprising so many hits are; see {@link #ofSoFew}. */
	public static double ofSoMany(int hits, int trials, double referenceHits, double referenceTrials) {
		return of(betaBinomial(trials - hits, trials, referenceTrials - referenceHits + 0.5, referenceHits + 0.5));
	}

	/**
	 * How surprising a count is: the upper tail of the negative binomial distribution.
	 * @param size how evenly the counts come; a large one means Poisson, a small one
	 * bursts
	 */
	public static double ofCount(int count, double mean, double size) {
		double p = size / (size + mean);
		double below = 0;
		for (int j = 0; j < count; j++) {
			below += Math
				.exp(logGamma(j + size) - logGamma(size) - logGamma(j + 1.0) + size * Math.log(p) + j * Math.log1p(-p));
		}
		return of(Math.max(LEAST_TAIL_OF_COUNTS, 1 - below));
	}

	// P(X <= k). Each term follows from the one before, so no gamma function per term.
	private static double betaBinomial(int k, int n, double a, double b) {
		double term = Math.exp(logGamma(n + b) - logGamma(b) + logGamma(a + b) - logGamma(n + a + b));
		double sum = term;
		for (int j = 0; j < k; j++) {
			term *= (n - j) * (j + a) / ((j + 1) * (n - j - 1 + b));
			sum += term;
		}
		return Math.min(1, sum);
	}

	static double logGamma(double x) {
		double y = x - 1;
		double sum = LANCZOS[0];
		for (int i = 1; i < LANCZOS.length; i++) {
			sum += LANCZOS[i] / (y + i);
		}
		double t = y + LANCZOS.length - 1.5;
		return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
	}

}
