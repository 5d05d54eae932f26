package dev.whence.benchmarks.scale;

/**
 * What takes CPU, with the memory of one replica in the chart (MiB requested) and the
 * cores that a replica takes when nothing is sent or asked (docs/scaling.md).
 */
enum Part {

	GATEWAY(1024, 0.019), INGEST(1024, 0.012), QUERY(1024, 0.010), ANALYSIS(1024, 0.038), POSTGRESQL(0, 0.024);

	private final int memory;

	private final double rest;

	Part(int memory, double rest) {
		this.memory = memory;
		this.rest = rest;
	}

	int memory() {
		return this.memory;
	}

	double rest() {
		return this.rest;
	}

	/** Whether more of it can be started beside each other. */
	boolean isReplicated() {
		return this != POSTGRESQL;
	}

}
