package dev.whence.gateway.fallback;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;

import dev.whence.gateway.route.UpstreamTimeoutException;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

import org.springframework.web.server.ResponseStatusException;

/**
 * Says what went wrong in the words of the problem catalogue. Only what nobody foresaw is
 * {@link ProblemCode#INTERNAL}. Details are for the client's eyes: they name services,
 * never addresses.
 */
final class Failures {

	private Failures() {
	}

	static ProblemException translate(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			ProblemException known = known(cause);
			if (known != null) {
				return known;
			}
		}
		return new ProblemException(ProblemCode.INTERNAL,
				"The gateway failed; its log has the reason under the correlation id");
	}

	private static @Nullable ProblemException known(Throwable cause) {
		return switch (cause) {
			case ProblemException problem -> problem;
			case CallNotPermittedException open -> new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE,
					"The service '" + open.getCausingCircuitBreakerName() + "' did not answer lately; try again soon");
			case UpstreamTimeoutException timeout -> new ProblemException(ProblemCode.UPSTREAM_TIMEOUT,
					"The service '" + timeout.service() + "' did not answer in time; try again");
			case BulkheadFullException _, PoolAcquirePendingLimitException _, PoolAcquireTimeoutException _ ->
				new ProblemException(ProblemCode.OVERLOADED, "Too many requests are under way; try again soon");
			case ConnectException _, UnknownHostException _ -> new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE,
					"The service behind this path is down; try again soon");
			case PrematureCloseException _, ReadTimeoutException _ -> new ProblemException(
					ProblemCode.DEPENDENCY_UNAVAILABLE, "The service behind this path broke off; try again soon");
			case ResponseStatusException status -> ofStatus(status);
			case IOException reset when AbortedException.isConnectionReset(reset) -> new ProblemException(
					ProblemCode.DEPENDENCY_UNAVAILABLE, "The service behind this path broke off; try again soon");
			default -> null;
		};
	}

	private static ProblemException ofStatus(ResponseStatusException thrown) {
		int status = thrown.getStatusCode().value();
		ProblemCode code = switch (status) {
			case 401 -> ProblemCode.UNAUTHENTICATED;
			case 403 -> ProblemCode.FORBIDDEN;
			case 404 -> ProblemCode.NOT_FOUND;
			case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
			case 406 -> ProblemCode.NOT_ACCEPTABLE;
			case 413 -> ProblemCode.BODY_TOO_LARGE;
			case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
			case 429 -> ProblemCode.RATE_LIMITED;
			case 503 -> ProblemCode.DEPENDENCY_UNAVAILABLE;
			case 504 -> ProblemCode.UPSTREAM_TIMEOUT;
			default -> (status < 500) ? ProblemCode.INVALID_PARAMETER : ProblemCode.INTERNAL;
		};
		String detail = (code == ProblemCode.NOT_FOUND) ? "Nothing is served at this path; /docs lists what is"
				: code.title();
		return new ProblemException(code, detail);
	}

}
