package dev.whence.benchmarks.ingest.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Sends requests over some connections, each with a thread of its own, as fast as answers
 * come back. A refused request (429, 503) is sent again until it is accepted; any other
 * answer than success ends the run.
 */
public final class Load {

	/** A refused request is not tried for longer than this. */
	private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

	private final InetSocketAddress address;

	private final Payload payload;

	private final Stream stream;

	private final AtomicLong next = new AtomicLong();

	private Load(InetSocketAddress address, Payload payload, Stream stream) {
		this.address = address;
		this.payload = payload;
		this.stream = stream;
	}

	/** Sends the requests of the stream from its first, until the time is over. */
	public static Result during(Duration time, InetSocketAddress address, Payload payload, Stream stream,
			int connections) {
		return new Load(address, payload, stream).run(connections, System.nanoTime() + time.toNanos(), Long.MAX_VALUE);
	}

	/** Sends the first so many requests of the stream. */
	public static Result requests(long requests, InetSocketAddress address, Payload payload, Stream stream,
			int connections) {
		return new Load(address, payload, stream).run(connections, Long.MAX_VALUE, requests);
	}

	private Result run(int connections, long deadline, long requests) {
		long begun = System.nanoTime();
		try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
			var workers = IntStream.range(0, connections)
				.<Callable<Result>>mapToObj((_) -> () -> send(deadline, requests))
				.toList();
			Result sum = Result.NONE;
			for (Future<Result> worker : threads.invokeAll(workers)) {
				sum = sum.and(worker.get());
			}
			return sum.within(System.nanoTime() - begun);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("a connection failed: " + ex.getCause(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private Result send(long deadline, long requests) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(this.payload.longest()).order(ByteOrder.LITTLE_ENDIAN);
		long[] latencies = new long[1024];
		int sent = 0;
		long records = 0;
		long refused = 0;
		long known = 0;
		try (HttpConnection connection = new HttpConnection(this.address)) {
			while (System.nanoTime() < deadline) {
				long request = this.next.getAndIncrement();
				if (request >= requests) {
					break;
				}
				Template template = this.payload.template(request);
				template.fill(buffer, this.stream, request * this.payload.records());
				long begun = System.nanoTime();
				while (!isAccepted(connection, connection.exchange(buffer))) {
					refused++;
					if (System.nanoTime() - begun > PATIENCE_NANOS) {
						throw new IllegalStateException("refused for a minute");
					}
					pause(connection.retryAfterSeconds());
					buffer.rewind();
				}
				if (sent == latencies.length) {
					latencies = Arrays.copyOf(latencies, 2 * sent);
				}
				latencies[sent++] = System.nanoTime() - begun;
				records += template.records();
				known += isDuplicate(connection.body()) ? 1 : 0;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Result(sent, records, refused, known, 0, Arrays.copyOf(latencies, sent));
	}

	private boolean isAccepted(HttpConnection connection, int status) {
		if (status == 429 || status == 503) {
			return false;
		}
		// OTLP: a body means partial success, and nothing here deserves to be rejected.
		if (status / 100 != 2 || this.payload.otlp() && connection.body().length > 0) {
			throw new IllegalStateException("answer " + status + ": " + new String(connection.body()));
		}
		return true;
	}

	private boolean isDuplicate(byte[] body) {
		return !this.payload.otlp() && new String(body).contains("duplicate");
	}

	private static void pause(int seconds) {
		try {
			Thread.sleep(Duration.ofMillis(Math.clamp(seconds * 1000L, 20, 2000)));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What was acknowledged.
	 *
	 * @param refused answers that asked to come again
	 * @param known native signals that were known before
	 * @param latencies nanoseconds from sending a request to the end of the answer that
	 * accepted it
	 */
	public record Result(long requests, long records, long refused, long known, long nanos, long[] latencies) {

		static final Result NONE = new Result(0, 0, 0, 0, 0, new long[0]);

		Result and(Result other) {
			long[] both = Arrays.copyOf(this.latencies, this.latencies.length + other.latencies.length);
			System.arraycopy(other.latencies, 0, both, this.latencies.length, other.latencies.length);
			return new Result(this.requests + other.requests, this.records + other.records,
					this.refused + other.refused, this.known + other.known, 0, both);
		}

		Result within(long time) {
			Arrays.sort(this.latencies);
			return new Result(this.requests, this.records, this.refused, this.known, time, this.latencies);
		}

		/** Exact: every latency is kept. */
		public double latencyMillis(double quantile) {
			int rank = (int) Math.ceil(quantile * this.latencies.length);
			return (this.latencies.length == 0) ? 0 : this.latencies[Math.max(0, rank - 1)] / 1e6;
		}

	}

}
