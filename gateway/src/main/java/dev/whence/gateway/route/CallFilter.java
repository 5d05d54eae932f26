package dev.whence.gateway.route;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import dev.whence.gateway.clock.Deadlines;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * One call of a service: breaker outside, time limit inside. The clock starts when the
 * client has sent its whole body, so that a slow sender can neither run into a service's
 * time limit nor open its breaker. (Resilience4j's own time limiter starts at the
 * subscription and cannot make that difference.)
 */
record CallFilter(CircuitBreaker breaker, Duration timeLimit, Deadlines deadlines) implements GatewayFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return Mono.defer(() -> {
			Sinks.Empty<Void> bodySent = Sinks.empty();
			ServerHttpRequest request = new ObservedBody(exchange.getRequest(), bodySent);
			return chain.filter(exchange.mutate().request(request).build())
				.timeout(bodySent.asMono().then(this.deadlines.after(this.timeLimit)))
				.onErrorMap(TimeoutException.class, (ex) -> new UpstreamTimeoutException(this.breaker.getName(), ex));
		}).transformDeferred(CircuitBreakerOperator.of(this.breaker));
	}

	/** Tells when the last byte of the body was handed on. */
	private static final class ObservedBody extends ServerHttpRequestDecorator {

		private final Sinks.Empty<Void> sent;

		private ObservedBody(ServerHttpRequest request, Sinks.Empty<Void> sent) {
			super(request);
			this.sent = sent;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().doOnComplete(this.sent::tryEmitEmpty);
		}

	}

}
