package dev.whence.benchmarks.ingest;

import dev.whence.benchmarks.ingest.machine.Cpu;

/** One measurement with the CPU that it took. */
record Sample(Work work, Cpu cpu) {

	double micros(long share) {
		return (double) share / this.work.signals();
	}

}
