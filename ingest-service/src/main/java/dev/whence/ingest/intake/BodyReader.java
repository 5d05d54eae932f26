package dev.whence.ingest.intake;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import dev.whence.ingest.rejected.RefusedRequests;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

/**
 * Reads request bodies within limits: on the bytes sent, on the bytes after
 * decompression, and on the bytes that all requests hold together.
 */
@Component
public class BodyReader {

	private static final int CHUNK = 16 * 1024;

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
		return read(request, (body, _) -> consumer.accept(body));
	}

	/** The same for a consumer that decodes one body into many records. */
	public <T> T read(HttpServletRequest request, LimitedConsumer<T> consumer) throws IOException {
		long limit = this.properties.maxBody().toBytes();
		if (request.getContentLengthLong() > limit) {
			throw tooLarge(limit);
		}
		try (InFlightBytes.Lease lease = this.inFlight.lease()) {
			byte[] body = readAll(request, limit, lease);
			RefusedRequests.remember(request, body);
			return consumer.accept(body,
					new RequestLimits(this.properties.maxRecords(), this.properties.maxStored().toBytes(), lease));
		}
	}

	private byte[] readAll(HttpServletRequest request, long limit, InFlightBytes.Lease lease) throws IOException {
		try (InputStream body = decoded(request)) {
			ByteArrayOutputStream out = new ByteArrayOutputStream(
					(int) Math.clamp(request.getContentLengthLong(), 256, CHUNK));
			byte[] chunk = new byte[CHUNK];
			for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
				if (out.size() + read > limit) {
					throw tooLarge(limit);
				}
				lease.add(read);
				out.write(chunk, 0, read);
			}
			return out.toByteArray();
		}
		catch (ZipException | EOFException ex) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "the body is not what its Content-Encoding says");
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

	/** What is done with a body under limits on what it becomes. */
	@FunctionalInterface
	public interface LimitedConsumer<T> {

		T accept(byte[] body, RequestLimits limits) throws IOException;

	}

	/** What is done with a body. */
	@FunctionalInterface
	public interface BodyConsumer<T> {

		T accept(byte[] body) throws IOException;

	}

}
