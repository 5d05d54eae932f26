package dev.whence.gateway.fallback;

import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

import dev.whence.gateway.shield.Correlation;
import dev.whence.model.ProblemCode;

/**
 * Answers for the gateway when a request ends in an exception: with
 * {@code google.rpc.Status} on the OTLP paths, with a problem document elsewhere, and
 * with {@code Retry-After} where the same request may succeed later.
 */
final class FailureHandler implements WebExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(FailureHandler.class);

	private final OtlpStatus otlp;

	private final ProblemDocument problems;

	FailureHandler(OtlpStatus otlp, ProblemDocument problems) {
		this.otlp = otlp;
		this.problems = problems;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
		Failure failure = Failure.of(thrown);
		report(exchange, failure, thrown);
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			// Half an answer is out; only a broken connection can still tell the client.
			return Mono.error(thrown);
		}
		FailureBody body = render(exchange, failure);
		response.setStatusCode(HttpStatusCode.valueOf(failure.code().status()));
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(body.type());
		headers.setContentLength(body.bytes().length);
		if (failure.code().isTransient() && !headers.containsHeader(HttpHeaders.RETRY_AFTER)) {
			headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter()));
		}
		DataBuffer buffer = response.bufferFactory().wrap(body.bytes());
		return response.writeWith(Mono.just(buffer));
	}

	private FailureBody render(ServerWebExchange exchange, Failure failure) {
		ServerHttpRequest request = exchange.getRequest();
		String path = request.getPath().pathWithinApplication().value();
		if (path.startsWith("/v1/")) {
			return this.otlp.render(failure, contentType(request));
		}
		return this.problems.render(failure, path, Correlation.of(exchange).traceId());
	}

	private static @Nullable MediaType contentType(ServerHttpRequest request) {
		try {
			return request.getHeaders().getContentType();
		}
		catch (InvalidMediaTypeException ex) {
			return null;
		}
	}

	/** Spread, so that clients refused together do not come back together. */
	private static int retryAfter() {
		return ThreadLocalRandom.current().nextInt(1, 4);
	}

	private static void report(ServerWebExchange exchange, Failure failure, Throwable thrown) {
		Level level = switch (failure.code().category()) {
			case CALLER, CONFLICT -> Level.DEBUG;
			case OVERLOAD, DEPENDENCY -> Level.WARN;
			case BUG -> Level.ERROR;
		};
		Correlation correlation = Correlation.of(exchange);
		var event = log.atLevel(level)
			.addKeyValue("correlation_id", correlation.id())
			.addKeyValue("trace_id", correlation.traceId())
			.addKeyValue("code", failure.code().code())
			.addKeyValue("method", exchange.getRequest().getMethod().name())
			.addKeyValue("path", exchange.getRequest().getPath().value());
		if (failure.code() == ProblemCode.INTERNAL) {
			event = event.setCause(thrown);
		}
		event.log("request failed: {}", failure.detail());
	}

}
