package dev.whence.gateway.route;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;

/**
 * Bounds the requests under way to one service, from the first byte read to the last byte
 * written. A full bulkhead refuses at once: a queue here would only hide the overload.
 */
record ConcurrencyFilter(Bulkhead bulkhead) implements GatewayFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange).transformDeferred(BulkheadOperator.of(this.bulkhead));
	}

}
