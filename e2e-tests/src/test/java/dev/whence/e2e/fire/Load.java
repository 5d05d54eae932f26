package dev.whence.e2e.fire;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.whence.e2e.fire.PlainConnection.Answer;

/**
 * Clients that send batch after batch as fast as they are answered, and after a refusal
 * go on at once with the next: more than any well-behaved sender would.
 */
final class Load {

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final int port;

	private final List<PreparedBatch> batches = new ArrayList<>();

	Load(int port, int run, int mostClients, int records) {
		this.port = port;
		for (int client = 0; client < mostClients; client++) {
			this.batches.add(new PreparedBatch(run, client, records));
		}
	}

	/** Offers load and returns what came of it. */
	Outcome offer(int clients, Duration time) throws InterruptedException, ExecutionException {
		long begun = System.nanoTime();
		long end = begun + time.toNanos();
		List<Future<Outcome>> parts = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			this.batches.subList(0, clients).forEach((batch) -> parts.add(threads.submit(() -> send(batch, end))));
		}
		Outcome sum = new Outcome((System.nanoTime() - begun) / 1e9);
		for (Future<Outcome> part : parts) {
			sum.add(part.get());
		}
		return sum;
	}

	private Outcome send(PreparedBatch batch, long end) {
		Outcome outcome = new Outcome(0);
		try (PlainConnection connection = new PlainConnection(this.port, PATIENCE)) {
			while (System.nanoTime() < end) {
				byte[] request = batch.next();
				long begun = System.nanoTime();
				Answer answer = null;
				try {
					answer = connection.exchange(request);
				}
				catch (IOException _) {
					// Counted below, and never as a success.
				}
				int status = (answer != null) ? answer.status() : Attempt.BROKEN;
				outcome.attempts.add(new Attempt(this.port, begun, System.nanoTime(), status));
				outcome.statuses.merge(status, 1, Integer::sum);
				if (answer != null && answer.isSuccess() && answer.body().length == 0) {
					outcome.acknowledged.add(batch.mark());
				}
				else {
					outcome.refused.add(batch.mark());
					if (answer != null && !answer.headers().containsKey("retry-after")) {
						outcome.withoutRetryAfter++;
					}
				}
			}
		}
		return outcome;
	}

	/**
	 * What came of a load. Marks are those of requests, without the digits of records.
	 */
	static final class Outcome {

		private final double seconds;

		private final List<Attempt> attempts = new ArrayList<>();

		private final Map<Integer, Integer> statuses = new TreeMap<>();

		private final List<String> acknowledged = new ArrayList<>();

		private final List<String> refused = new ArrayList<>();

		private int withoutRetryAfter;

		private Outcome(double seconds) {
			this.seconds = seconds;
		}

		private void add(Outcome part) {
			this.attempts.addAll(part.attempts);
			part.statuses.forEach((status, count) -> this.statuses.merge(status, count, Integer::sum));
			this.acknowledged.addAll(part.acknowledged);
			this.refused.addAll(part.refused);
			this.withoutRetryAfter += part.withoutRetryAfter;
		}

		List<Attempt> attempts() {
			return Collections.unmodifiableList(this.attempts);
		}

		Map<Integer, Integer> statuses() {
			return this.statuses;
		}

		List<String> acknowledged() {
			return this.acknowledged;
		}

		/** Requests that got anything but an acknowledgement. */
		List<String> refused() {
			return this.refused;
		}

		int withoutRetryAfter() {
			return this.withoutRetryAfter;
		}

		double acknowledgedPerSecond() {
			return this.acknowledged.size() / this.seconds;
		}

		double offeredPerSecond() {
			return this.attempts.size() / this.seconds;
		}

	}

}
