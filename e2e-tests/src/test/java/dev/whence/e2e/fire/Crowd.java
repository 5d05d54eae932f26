package dev.whence.e2e.fire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that write at the same time. */
final class Crowd {

	private final List<Writer> writers = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private Crowd() {
	}

	/**
	 * Lets clients begin.
	 * @param ports where they send; taken in turn
	 */
	static Crowd writing(int clients, int run, long seed, boolean batches, int... ports) {
		Crowd crowd = new Crowd();
		for (int client = 0; client < clients; client++) {
			Writer writer = new Writer(new DeliveryPlan(run, client, seed, batches), ports[client % ports.length]);
			crowd.writers.add(writer);
			crowd.threads.add(Thread.ofPlatform().daemon().name("writer-" + client).start(writer));
		}
		return crowd;
	}

	/** Whether any client has read an acknowledgement since. */
	boolean acknowledgedSince(long time) {
		return this.writers.stream().anyMatch((writer) -> writer.acknowledgedAt() - time > 0);
	}

	/** Whether any client had an acknowledgement of trouble. */
	boolean isTroubled() {
		return this.writers.stream().anyMatch(Writer::isTroubled);
	}

	/** Whether every client has read an acknowledgement since. */
	boolean allAcknowledgedSince(long time) {
		return this.writers.stream().allMatch((writer) -> writer.acknowledgedAt() - time > 0);
	}

	/**
	 * Ends the clients once what they are about is acknowledged.
	 * @return what all of them sent and got
	 */
	Ledger finish(Duration patience) throws InterruptedException {
		this.writers.forEach(Writer::stop);
		long deadline = System.nanoTime() + patience.toNanos();
		for (Thread thread : this.threads) {
			thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
		}
		return abandon();
	}

	/** Ends the clients wherever they are. */
	Ledger abandon() throws InterruptedException {
		this.writers.forEach(Writer::abandon);
		for (Thread thread : this.threads) {
			thread.join();
		}
		return Ledger.sum(this.writers.stream().map(Writer::ledger).toList());
	}

}
