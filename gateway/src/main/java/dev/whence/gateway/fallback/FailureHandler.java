package dev.whence.gateway.fallback;

import dev.whence.gateway.shield.Correlation;
import dev.whence.model.ProblemException;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Answers for the gateway when a request ends in an exception, with {@code Retry-After}
 * where the same request may succeed later.
 */
final class FailureHandler implements WebExceptionHandler {

	private final FailureReports reports;

	private final RetryAdvice advice;

	FailureHandler(FailureReports reports, RetryAdvice advice) {
		this.reports = reports;
		this.advice = advice;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted() && AbortedException.isConnectionReset(thrown)) {
			// The client went away in the middle of its answer, as clients do.
			return Mono.error(thrown);
		}
		FailedRequest request = request(exchange);
		ProblemException failure = this.reports.report(thrown, request);
		if (response.isCommitted()) {
			// Half an answer is out; only a broken connection can still tell the client.
			return Mono.error(thrown);
		}
		FailureBody body = this.reports.body(failure, request);
		response.setStatusCode(HttpStatusCode.valueOf(failure.code().status()));
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(MediaType.valueOf(body.type()));
		headers.setContentLength(body.bytes().length);
		if (failure.code().isTransient() && !headers.containsHeader(HttpHeaders.RETRY_AFTER)) {
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(this.advice.seconds(failure.code())));
		}
		DataBuffer buffer = response.bufferFactory().wrap(body.bytes());
		// The server may have answered what is no HTTP by itself.
		return response.writeWith(Mono.just(buffer)).onErrorComplete(IllegalStateException.class);
	}

	private static FailedRequest request(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return new FailedRequest(request.getMethod().name(), request.getPath().pathWithinApplication().value(),
				request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE), (route != null) ? route.getId() : null,
				Correlation.of(exchange));
	}

}
