package dev.whence.benchmarks.ingest;

import dev.whence.benchmarks.ingest.machine.Cpu;

/** One measurement with the CPU that it took. */
record Sample(Work work, Cpu cpu) {

	double micros(long share) {
		return (double) share / this.work.signals();
	}

	/**
	 * Cores that servers and load kept busy together. Much fewer than the machine has:
	 * either they waited for the disk, or somebody else used the machine too.
	 */
	double busyCores() {
		return (this.cpu.service() + this.cpu.gateway() + this.cpu.database() + this.cpu.load()) * 1000.0
				/ this.work.nanos();
	}

}
