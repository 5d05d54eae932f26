package dev.whence.gateway.fallback;

import java.util.concurrent.ThreadLocalRandom;

import dev.whence.gateway.shield.Correlation;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.log.LogBudget;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Answers for the gateway when a request ends in an exception, with {@code Retry-After}
 * where the same request may succeed later.
 */
final class FailureHandler implements WebExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(FailureHandler.class);

	/** Requests that the gateway had to answer itself, by problem code. */
	private static final String REFUSED = "whence.gateway.refused";

	private static final String MESSAGE = "request failed: {}";

	/** How many lines like this one were not written. */
	private static final String LEFT_OUT = "leftOut";

	private final JsonMapper json;

	private final MeterRegistry meters;

	private final LogBudget budget = new LogBudget();

	FailureHandler(JsonMapper json, MeterRegistry meters) {
		this.json = json;
		this.meters = meters;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted() && AbortedException.isConnectionReset(thrown)) {
			// The client went away in the middle of its answer, as clients do.
			return Mono.error(thrown);
		}
		ProblemException failure = Failures.translate(thrown);
		Correlation correlation = Correlation.of(exchange);
		report(exchange, failure, correlation, thrown);
		this.meters.counter(REFUSED, "code", failure.code().code()).increment();
		if (response.isCommitted()) {
			// Half an answer is out; only a broken connection can still tell the client.
			return Mono.error(thrown);
		}
		FailureBody body = FailureBody.of(failure, exchange.getRequest(), correlation, this.json);
		response.setStatusCode(HttpStatusCode.valueOf(failure.code().status()));
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(body.type());
		headers.setContentLength(body.bytes().length);
		if (failure.code().isTransient() && !headers.containsHeader(HttpHeaders.RETRY_AFTER)) {
			headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter()));
		}
		DataBuffer buffer = response.bufferFactory().wrap(body.bytes());
		// The server may have answered what is no HTTP by itself.
		return response.writeWith(Mono.just(buffer)).onErrorComplete(IllegalStateException.class);
	}

	/** Spread, so that clients refused together do not come back together. */
	private static int retryAfter() {
		return ThreadLocalRandom.current().nextInt(1, 6);
	}

	private void report(ServerWebExchange exchange, ProblemException failure, Correlation correlation,
			Throwable thrown) {
		switch (failure.code().category()) {
			case CALLER, CONFLICT -> line(Level.DEBUG, exchange, failure, correlation).log(MESSAGE, failure.detail());
			// Whoever likes can bring these about, as often as he likes.
			case OVERLOAD,
					DEPENDENCY ->
				this.budget.spend(Reason.of(exchange, failure, thrown),
						(leftOut) -> line(Level.WARN, exchange, failure, correlation).addKeyValue(LEFT_OUT, leftOut)
							.log(MESSAGE, failure.detail()));
			case BUG -> this.budget.spend(Reason.of(exchange, failure, thrown),
					(leftOut) -> line(Level.ERROR, exchange, failure, correlation).addKeyValue(LEFT_OUT, leftOut)
						.setCause(thrown)
						.log(MESSAGE, failure.detail()));
		}
	}

	private static LoggingEventBuilder line(Level level, ServerWebExchange exchange, ProblemException failure,
			Correlation correlation) {
		return log.atLevel(level)
			.addKeyValue(Correlation.LOG_KEY, correlation.id())
			.addKeyValue("code", failure.code().code())
			.addKeyValue("method", exchange.getRequest().getMethod().name())
			.addKeyValue("path", exchange.getRequest().getPath().value());
	}

	/** What lines have in common of which one is enough. */
	private record Reason(ProblemCode code, @Nullable String route, Class<?> thrown) {

		static Reason of(ServerWebExchange exchange, ProblemException failure, Throwable thrown) {
			Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
			return new Reason(failure.code(), (route != null) ? route.getId() : null, thrown.getClass());
		}

	}

}
