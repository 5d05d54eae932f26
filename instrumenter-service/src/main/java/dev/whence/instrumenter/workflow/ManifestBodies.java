package dev.whence.instrumenter.workflow;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
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

	private final long heldLimit;

	private final AtomicLong held = new AtomicLong();

	private final Semaphore workers;

	ManifestBodies(WorkflowProperties properties, MeterRegistry registry) {
		this.properties = properties;
		this.heldLimit = (long) (Runtime.getRuntime().maxMemory() * properties.bodyShare());
		this.workers = new Semaphore(properties.workersOrDefault(), true);
		registry.gauge("whence.instrumenter.bodies.bytes", this.held);
		registry.gauge("whence.instrumenter.workers.idle", this.workers, Semaphore::availablePermits);
	}

	/**
	 * Reads the body and works on it.
	 * @throws ProblemException 413 above the limit, 415 for an unknown encoding, 503 when
	 * there is no room or no worker
	 */
	<T> T read(HttpServletRequest request, long limit, BodyWork<T> work) throws IOException {
		if (request.getContentLengthLong() > limit) {
			throw tooLarge(limit);
		}
		long mine = 0;
		try (InputStream in = decoded(request)) {
			ByteArrayOutputStream out = new ByteArrayOutputStream(
					(int) Math.clamp(request.getContentLengthLong(), 512, CHUNK));
			byte[] chunk = new byte[CHUNK];
			for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
				if (out.size() + read > limit) {
					throw tooLarge(limit);
				}
				mine += read;
				if (this.held.addAndGet(read) > this.heldLimit) {
					throw new ProblemException(ProblemCode.OVERLOADED, "too many manifests at once; try again");
				}
				out.write(chunk, 0, read);
			}
			return work(out.toByteArray(), work);
		}
		catch (ZipException | EOFException ex) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "the body is not what its Content-Encoding says");
		}
		finally {
			this.held.addAndGet(-mine);
		}
	}

	private <T> T work(byte[] body, BodyWork<T> work) throws IOException {
		try {
			if (!this.workers.tryAcquire(this.properties.patience().toMillis(), TimeUnit.MILLISECONDS)) {
				throw new ProblemException(ProblemCode.OVERLOADED, "no worker became free in time; try again");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ProblemException(ProblemCode.OVERLOADED, "the service is shutting down; try again");
		}
		try {
			return work.on(body);
		}
		finally {
			this.workers.release();
		}
	}

	private static InputStream decoded(HttpServletRequest request) throws IOException {
		String encoding = request.getHeader("Content-Encoding");
		return switch ((encoding != null) ? encoding.strip().toLowerCase(Locale.ROOT) : "identity") {
			case "gzip" -> new GZIPInputStream(request.getInputStream(), CHUNK);
			case "identity", "" -> request.getInputStream();
			default -> throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
					"Content-Encoding must be gzip or absent");
		};
	}

	private static ProblemException tooLarge(long limit) {
		return new ProblemException(ProblemCode.BODY_TOO_LARGE,
				"a body may have " + limit + " bytes when decompressed");
	}

	/** What is done with a body. */
	@FunctionalInterface
	interface BodyWork<T> {

		T on(byte[] body) throws IOException;

	}

}
