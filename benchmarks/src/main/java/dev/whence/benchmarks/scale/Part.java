package dev.whence.benchmarks.scale;

/** What takes CPU, with the memory of one replica in the chart (MiB requested). */
enum Part {

	GATEWAY(1024), INGEST(1024), QUERY(1024), ANALYSIS(1024), POSTGRESQL(0);

	private final int memory;

	Part(int memory) {
		this.memory = memory;
	}

	int memory() {
		return this.memory;
	}

	/** Whether more of it can be started beside each other. */
	boolean isReplicated() {
		return this != POSTGRESQL;
	}

}
