package dev.whence.analysis.job;

/** Does one kind of work. */
public interface JobHandler {

	JobKind kind();

	/**
	 * Does the work. Runs at least once for every wanted version, possibly twice at the
	 * same time when a lease was lost, so it must finish through {@link JobQueue#finish}
	 * in the transaction that stores its result.
	 * @throws RuntimeException when it failed; it will be tried again later
	 */
	void run(Claim claim);

}
