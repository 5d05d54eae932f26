package dev.whence.support.request;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Opens bodies by their Content-Encoding, and names what is wrong with them in the same
 * words for every service. How much of one may be read is the reader's business.
 */
public final class EncodedBody {

	private static final int CHUNK = 16 * 1024;

	private EncodedBody() {
	}

	/**
	 * The body as it was before it was encoded.
	 * @throws ProblemException 415 for an encoding other than gzip
	 */
	public static InputStream open(HttpServletRequest request) throws IOException {
		String encoding = request.getHeader("Content-Encoding");
		return switch ((encoding != null) ? encoding.strip().toLowerCase(Locale.ROOT) : "identity") {
			case "gzip" -> new GZIPInputStream(request.getInputStream(), CHUNK);
			case "identity", "" -> request.getInputStream();
			default -> throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
					"Content-Encoding must be gzip or absent");
		};
	}

	/** Of a body that is larger than that many bytes. */
	public static ProblemException tooLarge(long limit) {
		return new ProblemException(ProblemCode.BODY_TOO_LARGE,
				"A body may have " + limit + " bytes when decompressed");
	}

	/** Of a body that cannot be decompressed, or ends too early. */
	public static ProblemException malformed() {
		return new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not what its Content-Encoding says");
	}

}
