package dev.whence.support.problem;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import dev.whence.model.ProblemCode;

/**
 * {@code google.rpc.Status}, the failure body of OTLP over HTTP.
 *
 * @param code a gRPC status code
 * @param message for the developer who reads the exporter's log
 */
public record RpcStatus(int code, String message) {

	public static RpcStatus of(ProblemCode code, String message) {
		return new RpcStatus(grpcCode(code), message);
	}

	/** The protobuf encoding: field 1 varint, field 2 string. */
	public byte[] toProtobuf() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		byte[] text = this.message.getBytes(StandardCharsets.UTF_8);
		if (this.code != 0) {
			out.write(0x08);
			writeVarint(out, this.code);
		}
		if (text.length > 0) {
			out.write(0x12);
			writeVarint(out, text.length);
			out.writeBytes(text);
		}
		return out.toByteArray();
	}

	private static void writeVarint(ByteArrayOutputStream out, int value) {
		int rest = value;
		while ((rest & ~0x7F) != 0) {
			out.write((rest & 0x7F) | 0x80);
			rest >>>= 7;
		}
		out.write(rest);
	}

	// The numbers are those of google/rpc/code.proto.
	private static int grpcCode(ProblemCode code) {
		return switch (code) {
			case MALFORMED_REQUEST, MALFORMED_BODY, REFUSED, INVALID_FIELD, INVALID_PARAMETER, UNSUPPORTED_MEDIA_TYPE,
					NOT_ACCEPTABLE ->
				3;
			case UPSTREAM_TIMEOUT, REQUEST_TIMEOUT -> 4;
			case NOT_FOUND -> 5;
			case CONFLICT -> 6;
			case FORBIDDEN -> 7;
			case BODY_TOO_LARGE, RATE_LIMITED -> 8;
			case PRECONDITION_FAILED -> 9;
			case METHOD_NOT_ALLOWED -> 12;
			case INTERNAL -> 13;
			case OVERLOADED, DEPENDENCY_UNAVAILABLE, UPSTREAM_FAILED -> 14;
			case UNAUTHENTICATED -> 16;
		};
	}

}
