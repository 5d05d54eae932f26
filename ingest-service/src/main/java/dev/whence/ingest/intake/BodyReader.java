package dev.whence.ingest.intake;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

import dev.whence.ingest.rejected.RefusedRequests;
import dev.whence.model.ProblemException;
import dev.whence.support.request.EncodedBody;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

/**
 * Reads request bodies within limits: on the bytes sent, on the bytes after
 * decompression, and on the bytes that all requests hold together.
 */
@Component
public class BodyReader {

	/** What fits into one array. */
	private static final int LARGEST = Integer.MAX_VALUE - 16;

	private final IntakeProperties properties;

	private final InFlightBytes inFlight;

	BodyReader(IntakeProperties properties, InFlightBytes inFlight) {
		this.properties = properties;
		this.inFlight = inFlight;
	}

	/**
	 * Reads the body, hands it to the consumer and lets go of its memory afterwards.
	 * @throws ProblemException 413 above a limit, 415 for an unknown content encoding,
	 * 503 when the process holds too much already
	 */
	public <T> T read(HttpServletRequest request, BodyConsumer<T> consumer) throws IOException {
		int limit = (int) Math.min(this.properties.maxBody().toBytes(), LARGEST);
		if (request.getContentLengthLong() > limit) {
			throw EncodedBody.tooLarge(limit);
		}
		try (InFlightBytes.Lease lease = this.inFlight.lease()) {
			RequestLimits limits = new RequestLimits(this.properties.maxRecords(),
					this.properties.maxStored().toBytes(), lease);
			byte[] body = readAll(request, limit, limits);
			RefusedRequests.remember(request, body);
			return consumer.accept(body, limits);
		}
	}

	private static byte[] readAll(HttpServletRequest request, int limit, RequestLimits limits) throws IOException {
		try (InputStream counted = new HeldInputStream(EncodedBody.open(request), limits)) {
			byte[] body = counted.readNBytes(limit + 1);
			if (body.length > limit) {
				throw EncodedBody.tooLarge(limit);
			}
			limits.release(body.length);
			return body;
		}
		catch (ZipException | EOFException ex) {
			throw EncodedBody.malformed();
		}
	}

	/** What is done with a body, under limits on what it becomes. */
	@FunctionalInterface
	public interface BodyConsumer<T> {

		T accept(byte[] body, RequestLimits limits) throws IOException;

	}

	/** Counts each byte twice: the pieces of a body are held while they are joined. */
	private static final class HeldInputStream extends FilterInputStream {

		private final RequestLimits limits;

		HeldInputStream(InputStream in, RequestLimits limits) {
			super(in);
			this.limits = limits;
		}

		@Override
		public int read(byte[] into, int from, int length) throws IOException {
			int read = super.read(into, from, length);
			this.limits.hold(2L * Math.max(0, read));
			return read;
		}

	}

}
