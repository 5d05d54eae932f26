package dev.whence.benchmarks.ingest.machine;

/**
 * CPU time by whose it was, in microseconds.
 *
 * @param service ingest, or the writer with what calls it where it runs in this JVM
 * @param gateway 0 where it takes no part
 * @param database all processes of PostgreSQL
 * @param load this JVM: the load generator
 */
public record Cpu(long service, long gateway, long database, long load) {

	/** What this JVM took so far. */
	public static long own() {
		return ProcessTimes.micros(ProcessHandle.current().pid());
	}

	public Cpu since(Cpu before) {
		return new Cpu(this.service - before.service, this.gateway - before.gateway, this.database - before.database,
				this.load - before.load);
	}

}
