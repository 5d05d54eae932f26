package dev.whence.gateway.grpc;

import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import dev.whence.support.problem.OtlpPaths;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * An HTTP failure in the words of gRPC. A client tries again exactly where it would over
 * HTTP: {@code RESOURCE_EXHAUSTED} without {@code RetryInfo} is final, and
 * {@code UNAVAILABLE} says when.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP, failures</a>
 */
record Refusal(Status status, Metadata trailers) {

	/** What the answer of the gateway or of the service behind it says. */
	static Refusal of(int status, HttpHeaders headers, byte[] body) {
		return of(status, message(status, headers, body), headers.getFirst(HttpHeaders.RETRY_AFTER));
	}

	static Refusal of(int status, String message, @Nullable String retryAfter) {
		return switch (status) {
			case 400, 422 -> plain(Status.Code.INVALID_ARGUMENT, message);
			case 401 -> plain(Status.Code.UNAUTHENTICATED, message);
			case 403 -> plain(Status.Code.PERMISSION_DENIED, message);
			case 404, 405, 415 -> plain(Status.Code.UNIMPLEMENTED, message);
			case 408 -> plain(Status.Code.DEADLINE_EXCEEDED, message);
			case 413 -> plain(Status.Code.RESOURCE_EXHAUSTED, message);
			case 429, 502, 503, 504 -> retryable(message, retryAfter);
			default -> plain(Status.Code.INTERNAL, message);
		};
	}

	private static Refusal plain(Status.Code code, String message) {
		return new Refusal(code.toStatus().withDescription(message), new Metadata());
	}

	private static Refusal retryable(String message, @Nullable String retryAfter) {
		// Without advice it is random: clients refused together must not return together.
		boolean known = retryAfter != null && retryAfter.matches("\\d{1,6}");
		long seconds = known ? Long.parseLong(retryAfter) : ThreadLocalRandom.current().nextInt(1, 6);
		RetryInfo retry = RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(seconds)).build();
		StatusException refused = StatusProto.toStatusException(com.google.rpc.Status.newBuilder()
			.setCode(Status.Code.UNAVAILABLE.value())
			.setMessage(message)
			.addDetails(Any.pack(retry))
			.build());
		return new Refusal(refused.getStatus(), Objects.requireNonNull(refused.getTrailers()));
	}

	private static String message(int status, HttpHeaders headers, byte[] body) {
		if (OtlpPaths.isProtobuf(headers.getFirst(HttpHeaders.CONTENT_TYPE))) {
			try {
				return com.google.rpc.Status.parseFrom(body).getMessage();
			}
			catch (InvalidProtocolBufferException ex) {
				// Not what OTLP calls for; the status alone has to do.
			}
		}
		return "HTTP status " + status;
	}

}
