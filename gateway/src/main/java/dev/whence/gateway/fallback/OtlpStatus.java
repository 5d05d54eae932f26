package dev.whence.gateway.fallback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

import dev.whence.model.ProblemCode;

/**
 * A failure as {@code google.rpc.Status}, which OTLP clients expect in the encoding of
 * their request (OTLP 1.11, "OTLP/HTTP Response").
 */
final class OtlpStatus {

	private static final MediaType PROTOBUF = MediaType.valueOf("application/x-protobuf");

	private final JsonMapper json;

	OtlpStatus(JsonMapper json) {
		this.json = json;
	}

	FailureBody render(Failure failure, @Nullable MediaType requested) {
		int code = grpcCode(failure.code());
		String message = failure.detail();
		if (requested != null && requested.isCompatibleWith(MediaType.APPLICATION_JSON)) {
			Map<String, Object> status = Map.of("code", code, "message", message);
			return new FailureBody(MediaType.APPLICATION_JSON, this.json.writeValueAsBytes(status));
		}
		return new FailureBody(PROTOBUF, protobuf(code, message));
	}

	/** google.rpc.Code, which every problem code of the gateway has a counterpart in. */
	static int grpcCode(ProblemCode code) {
		return switch (code) {
			case MALFORMED_BODY, INVALID_FIELD, INVALID_PARAMETER, NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE -> 3;
			case UPSTREAM_TIMEOUT, REQUEST_TIMEOUT -> 4;
			case NOT_FOUND -> 5;
			case CONFLICT -> 6;
			case FORBIDDEN -> 7;
			case BODY_TOO_LARGE, RATE_LIMITED -> 8;
			case METHOD_NOT_ALLOWED -> 12;
			case INTERNAL -> 13;
			case OVERLOADED, DEPENDENCY_UNAVAILABLE -> 14;
			case UNAUTHENTICATED -> 16;
		};
	}

	private static byte[] protobuf(int code, String message) {
		byte[] bytes = new byte[CodedOutputStream.computeInt32Size(1, code)
				+ CodedOutputStream.computeStringSize(2, message)];
		CodedOutputStream out = CodedOutputStream.newInstance(bytes);
		try {
			out.writeInt32(1, code);
			out.writeString(2, message);
			out.checkNoSpaceLeft();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("an array cannot fail", ex);
		}
		return bytes;
	}

}
