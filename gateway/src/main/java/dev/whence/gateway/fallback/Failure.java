package dev.whence.gateway.fallback;

import java.net.ConnectException;
import java.net.UnknownHostException;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

import dev.whence.gateway.route.UpstreamTimeoutException;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;

/**
 * What went wrong, in the words of the problem catalogue. Only what nobody foresaw is
 * {@link ProblemCode#INTERNAL}.
 *
 * @param detail for the client's eyes: says nothing about addresses inside
 */
record Failure(ProblemCode code, String detail) {

	static Failure of(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			Failure known = known(cause);
			if (known != null) {
				return known;
			}
		}
		return new Failure(ProblemCode.INTERNAL, "The gateway failed; its log has the reason under the trace id.");
	}

	private static @Nullable Failure known(Throwable cause) {
		return switch (cause) {
			case ProblemException problem -> new Failure(problem.code(), problem.detail());
			case CallNotPermittedException open -> new Failure(ProblemCode.DEPENDENCY_UNAVAILABLE,
					"The service '" + open.getCausingCircuitBreakerName() + "' did not answer lately; try again soon.");
			case BulkheadFullException full ->
				new Failure(ProblemCode.OVERLOADED, "Too many requests are under way; try again soon.");
			case PoolAcquirePendingLimitException _, PoolAcquireTimeoutException _ ->
				new Failure(ProblemCode.OVERLOADED, "Too many requests are under way; try again soon.");
			case UpstreamTimeoutException timeout -> new Failure(ProblemCode.UPSTREAM_TIMEOUT,
					"The service did not answer in time; what was sent may have been stored, and may be sent again.");
			case ConnectException _, UnknownHostException _ ->
				new Failure(ProblemCode.DEPENDENCY_UNAVAILABLE, "The service behind does not answer; try again soon.");
			case PrematureCloseException _, ReadTimeoutException _ ->
				new Failure(ProblemCode.DEPENDENCY_UNAVAILABLE, "The service behind broke off; try again soon.");
			case ResponseStatusException status -> ofStatus(status);
			default -> null;
		};
	}

	private static Failure ofStatus(ResponseStatusException thrown) {
		int status = thrown.getStatusCode().value();
		ProblemCode code = switch (status) {
			case 401 -> ProblemCode.UNAUTHENTICATED;
			case 403 -> ProblemCode.FORBIDDEN;
			case 404 -> ProblemCode.NOT_FOUND;
			case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
			case 406 -> ProblemCode.NOT_ACCEPTABLE;
			case 408 -> ProblemCode.REQUEST_TIMEOUT;
			case 413 -> ProblemCode.BODY_TOO_LARGE;
			case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
			case 429 -> ProblemCode.RATE_LIMITED;
			case 503 -> ProblemCode.DEPENDENCY_UNAVAILABLE;
			case 504 -> ProblemCode.UPSTREAM_TIMEOUT;
			default -> (status < 500) ? ProblemCode.INVALID_PARAMETER : ProblemCode.INTERNAL;
		};
		String detail = (code == ProblemCode.NOT_FOUND) ? "Nothing is served at this path; /docs lists what is."
				: code.title() + ".";
		return new Failure(code, detail);
	}

}
