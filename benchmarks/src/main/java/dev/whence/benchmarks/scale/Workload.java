package dev.whence.benchmarks.scale;

/**
 * What is sent and asked.
 *
 * @param logs a second, as are spans and points
 * @param batch signals in one request
 * @param troubled of a hundred logs and spans, those that say error
 * @param questions that people and programs ask a second
 * @param days for which telemetry is kept
 */
record Workload(double logs, double spans, double points, double batch, double troubled, double questions,
		double days) {

	Workload {
		if (logs < 0 || spans < 0 || points < 0 || questions < 0 || days < 0) {
			throw new IllegalArgumentException("rates and days are not negative");
		}
		if (batch < 1) {
			throw new IllegalArgumentException("a request has one signal at least, not " + batch);
		}
		if (troubled < 0 || troubled > 100) {
			throw new IllegalArgumentException("of a hundred signals at most a hundred are troubled, not " + troubled);
		}
	}

	/** Signals of all kinds a second. */
	double signals() {
		return this.logs + this.spans + this.points;
	}

	/** Requests that bring them, a second. */
	double requests() {
		return signals() / this.batch;
	}

	/** Signals a second that say error. */
	double troubles() {
		return (this.logs + this.spans) * this.troubled / 100;
	}

}
