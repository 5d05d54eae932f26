package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.problem.OtlpPaths;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The two encodings of OTLP over HTTP. Its JSON differs from protobuf's standard mapping
 * in one point: trace and span ids are hexadecimal, not base64.
 */
enum OtlpEncoding {

	PROTOBUF(OtlpPaths.PROTOBUF) {

		@Override
		WireReader open(byte[] body, Descriptor request, Decoded decoded, RequestLimits limits) {
			return new WireReader(body);
		}

		@Override
		byte[] write(Message message) {
			return message.toByteArray();
		}

	},

	JSON(MediaType.APPLICATION_JSON_VALUE) {

		@Override
		WireReader open(byte[] body, Descriptor request, Decoded decoded, RequestLimits limits) {
			// One text may be the whole body.
			long characters = (long) RequestLimits.CHARACTER * body.length;
			limits.hold(characters);
			// A factory of its own, as the parsers of one share and keep all names.
			JsonFactory factory = JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
			try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
				OtlpJson json = new OtlpJson(parser, limits);
				WireReader message = json.translate(request);
				decoded.sanitized(json.sanitized());
				String misnamed = json.misnamed();
				if (misnamed != null) {
					decoded.warn(misnamed);
				}
				return message;
			}
			catch (StreamConstraintsException ex) {
				throw new ProblemException(ProblemCode.MALFORMED_BODY,
						"The JSON is beyond a limit: values may be " + MOST_NESTED + " deep, numbers have "
								+ OtlpJson.MOST_NUMBER + " and names " + MOST_NAME + " characters");
			}
			catch (JacksonException ex) {
				throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not JSON");
			}
			finally {
				limits.release(characters);
			}
		}

		@Override
		byte[] write(Message message) {
			try {
				return JsonFormat.printer()
					.omittingInsignificantWhitespace()
					.print(message)
					.getBytes(StandardCharsets.UTF_8);
			}
			catch (InvalidProtocolBufferException ex) {
				throw new IllegalStateException("our own answers have no unknown types", ex);
			}
		}

	};

	private static final int MOST_NAME = 64 * 1024;

	/** Far beyond where values are cut, at four levels for each. */
	private static final int MOST_NESTED = 1000;

	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxNestingDepth(MOST_NESTED)
		.maxNumberLength(OtlpJson.MOST_NUMBER)
		.maxNameLength(MOST_NAME)
		.maxStringLength(Integer.MAX_VALUE)
		.build();

	private final String mediaType;

	OtlpEncoding(String mediaType) {
		this.mediaType = mediaType;
	}

	/**
	 * The encoding of a request.
	 * @throws ProblemException 415 for any other content type
	 */
	static OtlpEncoding of(@Nullable String contentType) {
		try {
			MediaType type = MediaType.parseMediaType((contentType != null) ? contentType : "");
			for (OtlpEncoding encoding : values()) {
				if (encoding.mediaType.equalsIgnoreCase(type.getType() + "/" + type.getSubtype())) {
					return encoding;
				}
			}
		}
		catch (InvalidMediaTypeException _) {
			// Refused below.
		}
		throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
				"Content-Type must be application/x-protobuf or application/json");
	}

	String mediaType() {
		return this.mediaType;
	}

	/**
	 * The body in protobuf's wire format.
	 * @param request the type of the message that the body should be
	 * @throws ProblemException 400 when it cannot be read that far
	 */
	abstract WireReader open(byte[] body, Descriptor request, Decoded decoded, RequestLimits limits);

	abstract byte[] write(Message message);

}
