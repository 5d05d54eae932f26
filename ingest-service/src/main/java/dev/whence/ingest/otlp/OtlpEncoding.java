package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.problem.OtlpPaths;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The two encodings of OTLP over HTTP. Its JSON differs from protobuf's standard mapping
 * in one point: trace and span ids are hexadecimal, not base64.
 */
enum OtlpEncoding {

	PROTOBUF(OtlpPaths.PROTOBUF) {

		@Override
		<B extends Message.Builder> B parse(byte[] body, B into) {
			try {
				into.mergeFrom(body);
				return into;
			}
			catch (InvalidProtocolBufferException ex) {
				throw malformed("the body is not the protobuf message of this path");
			}
		}

		@Override
		byte[] write(Message message) {
			return message.toByteArray();
		}

	},

	JSON(MediaType.APPLICATION_JSON_VALUE) {

		@Override
		<B extends Message.Builder> B parse(byte[] body, B into) {
			try {
				JsonNode tree = MAPPER.readTree(body);
				if (!(tree instanceof ObjectNode object)) {
					throw malformed("the body is not one JSON object");
				}
				idsToBase64(object);
				JsonFormat.parser().ignoringUnknownFields().merge(MAPPER.writeValueAsString(object), into);
				return into;
			}
			catch (JacksonException ex) {
				throw malformed("the body is not JSON");
			}
			catch (InvalidProtocolBufferException ex) {
				throw malformed("the body is not the JSON message of this path");
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

	private static final int MAX_DEPTH = 100;

	private static final List<String> ID_FIELDS = List.of("traceId", "spanId", "parentSpanId");

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxNumberLength(64)
				.maxTokenCount(2_000_000)
				.build())
			.build())
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
	 * @throws ProblemException 400 when the body cannot be decoded
	 */
	abstract <B extends Message.Builder> B parse(byte[] body, B into);

	abstract byte[] write(Message message);

	private static void idsToBase64(ObjectNode root) {
		Deque<JsonNode> open = new ArrayDeque<>(List.of(root));
		while (!open.isEmpty()) {
			JsonNode node = open.pop();
			if (node instanceof ObjectNode object) {
				for (String field : ID_FIELDS) {
					JsonNode id = object.get(field);
					if (id != null && id.isString()) {
						object.put(field, base64(field, id.stringValue()));
					}
				}
			}
			node.values().forEach((child) -> {
				if (child.isContainer()) {
					open.push(child);
				}
			});
		}
	}

	private static String base64(String field, String hex) {
		try {
			return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
		}
		catch (IllegalArgumentException ex) {
			throw malformed(field + " must be hexadecimal");
		}
	}

	private static ProblemException malformed(String detail) {
		return new ProblemException(ProblemCode.MALFORMED_BODY, detail);
	}

}
