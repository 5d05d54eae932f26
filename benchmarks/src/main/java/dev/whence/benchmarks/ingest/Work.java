package dev.whence.benchmarks.ingest;

import java.util.Map;

/**
 * What one measurement got done.
 *
 * @param signals acknowledged
 * @param figures anything else worth a median
 */
record Work(long signals, long nanos, Map<String, Double> figures) {

	double rate() {
		return this.signals * 1e9 / this.nanos;
	}

}
