package dev.whence.analysis.rootcause;

/**
 * How sure the ranker is: the verdict, and the same as a number.
 *
 * @param confidence from 0 to 100; each verdict has its band, and inside it confidence
 * grows with the lead and with the score
 */
record Certainty(Verdict verdict, double confidence) {

	/**
	 * Below once in a thousand, spans and logs of normal minutes score as much: the
	 * lowest of 49 incidents was 3.3.
	 */
	private static final double LEAST_OF_EXECUTIONS = 3;

	/** Metrics and alerts are steadier: once in a hundred. */
	private static final double LEAST_OF_METRICS = 2;

	/** Metrics of 98 quiet hours never scored that high. */
	private static final double LEAST_OF_SURE = 4;

	/** Below this lead over the second, the first is not told apart from it. */
	private static final double LEAST_LEAD = 0.1;

	private static final double LEAST_LEAD_OF_SURE = 0.25;

	private static final double LIKELY_FROM = 40;

	private static final double CONCLUSIVE_FROM = 75;

	private static final double NEVER = 99;

	/** The score that fills half of what a band has to give. */
	private static final double HALF = 2;

	/**
	 * @param lead of the best over the second, as a share of the best
	 * @param executions whether spans or error logs are among what was looked at
	 * @param firm whether what speaks for the best can make anybody sure
	 */
	static Certainty of(double best, double lead, boolean executions, boolean firm) {
		if (best <= 0) {
			return new Certainty(Verdict.INCONCLUSIVE, 0);
		}
		double least = executions ? LEAST_OF_EXECUTIONS : LEAST_OF_METRICS;
		double within = lead * best / (best + HALF);
		if (best < least || lead < LEAST_LEAD) {
			return new Certainty(Verdict.INCONCLUSIVE, tenths(LIKELY_FROM * within));
		}
		if (firm && best >= LEAST_OF_SURE && lead >= LEAST_LEAD_OF_SURE) {
			return new Certainty(Verdict.CONCLUSIVE, tenths(CONCLUSIVE_FROM + (NEVER - CONCLUSIVE_FROM) * within));
		}
		return new Certainty(Verdict.LIKELY, tenths(LIKELY_FROM + (CONCLUSIVE_FROM - 1 - LIKELY_FROM) * within));
	}

	private static double tenths(double value) {
		return Math.round(10 * value) / 10.0;
	}

}
