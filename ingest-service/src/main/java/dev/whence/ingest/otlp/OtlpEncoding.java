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
			limits.hold((long) RequestLimits.CHARACTER * body.length);
			// A factory of its own, as the parsers of one share and keep all names.
			JsonFactory factory = JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
			try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
				OtlpJson json = new OtlpJson(parser, limits);
				WireReader message = json.translate(request);
				decoded.sanitized(json.sanitized());
				return message;
			}
			catch (JacksonException ex) {
				throw new ProblemException(ProblemCode.MALFORMED_BODY, "the body is not JSON");
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

	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxNestingDepth(100)
		.maxNumberLength(64)
		.maxNameLength(2048)
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
