package dev.whence.instrumenter.workflow;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.ZipException;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.request.EncodedBody;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

/**
 * Reads bodies and works on them within limits: on the bytes of one body, sent and
 * decompressed, on the bytes of all bodies, and on how many are parsed at once. Parsing
 * takes many times the memory of its text, so those who wait hold their bytes only.
 */
@Component
class ManifestBodies {

	private static final int CHUNK = 16 * 1024;

	private final WorkflowProperties properties;

	/** Room for bodies, in chunks; whoever finds none waits before reading on. */
	private final Semaphore room;

	private final int chunks;

	private final Semaphore idle;

	/**
	 * Threads of the platform: parsing never yields, and on virtual threads it would keep
	 * the few carriers from reading everybody else's bodies.
	 */
	private final ExecutorService workers;

	ManifestBodies(WorkflowProperties properties, MeterRegistry registry) {
		this.properties = properties;
		this.chunks = Math.max(1, (int) (Runtime.getRuntime().maxMemory() * properties.bodyShare() / CHUNK));
		this.room = new Semaphore(this.chunks, true);
		this.idle = new Semaphore(properties.workersOrDefault(), true);
		this.workers = Executors.newFixedThreadPool(properties.workersOrDefault(),
				Thread.ofPlatform().daemon().name("manifest-", 1).factory());
		registry.gauge("whence.instrumenter.bodies.bytes", this.room,
				(free) -> (double) CHUNK * (this.chunks - free.availablePermits()));
		registry.gauge("whence.instrumenter.workers.idle", this.idle, Semaphore::availablePermits);
	}

	/**
	 * Reads the body and works on it.
	 * @throws ProblemException 408 if the body does not arrive, 413 above the limit, 415
	 * for an unknown encoding, 503 when there is no room or no worker
	 */
	<T> T read(HttpServletRequest request, long limit, Function<byte[], T> work) {
		if (request.getContentLengthLong() > limit) {
			throw EncodedBody.tooLarge(limit);
		}
		Lease lease = new Lease(System.nanoTime() + this.properties.patience().toNanos());
		try {
			return work(readAll(request, limit, lease), lease, work);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ProblemException(ProblemCode.OVERLOADED, "The service is shutting down; try again");
		}
		finally {
			this.room.release(lease.chunks);
		}
	}

	private byte[] readAll(HttpServletRequest request, long limit, Lease lease) throws InterruptedException {
		try (InputStream in = EncodedBody.open(request)) {
			int announced = (request.getHeader("Content-Encoding") == null) ? request.getContentLength() : -1;
			if (announced >= 0) {
				hold(lease, announced);
				byte[] body = in.readNBytes(announced);
				if (body.length < announced) {
					throw new EOFException();
				}
				return body;
			}
			ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
			byte[] chunk = new byte[CHUNK];
			for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
				if (out.size() + read > limit) {
					throw EncodedBody.tooLarge(limit);
				}
				hold(lease, read);
				out.write(chunk, 0, read);
			}
			return out.toByteArray();
		}
		catch (ZipException | EOFException ex) {
			throw EncodedBody.malformed();
		}
		catch (IOException ex) {
			throw new ProblemException(ProblemCode.REQUEST_TIMEOUT, "The body did not arrive in time");
		}
	}

	private void hold(Lease lease, int bytes) throws InterruptedException {
		lease.bytes += bytes;
		int more = Math.ceilDiv(lease.bytes, CHUNK) - lease.chunks;
		if (more <= 0) {
			return;
		}
		if (lease.chunks + more > this.chunks
				|| !this.room.tryAcquire(more, lease.until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
			throw new ProblemException(ProblemCode.OVERLOADED, "Too many manifests at once; try again");
		}
		lease.chunks += more;
	}

	private <T> T work(byte[] body, Lease lease, Function<byte[], T> work) throws InterruptedException {
		if (!this.idle.tryAcquire(lease.until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
			throw new ProblemException(ProblemCode.OVERLOADED, "No worker became free in time; try again");
		}
		try {
			return this.workers.submit(() -> work.apply(body)).get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		finally {
			this.idle.release();
		}
	}

	@PreDestroy
	void stop() {
		this.workers.shutdown();
	}

	/** What one request holds, and until when it waits for more. */
	private static final class Lease {

		private final long until;

		private int bytes;

		private int chunks;

		Lease(long until) {
			this.until = until;
		}

	}

}
