package dev.whence.gateway.limit;

import java.time.Duration;

import dev.whence.gateway.shield.TrustedProxies;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Slows a client down that sends more than its share. Both its credential and its address
 * are charged: the credential is not verified here, so that by itself it could be made up
 * anew for each request. The limit of an address holds for one gateway process.
 */
final class RateLimitFilter implements GlobalFilter, Ordered {

	private final KeyLimit keys;

	private final ClientBuckets addresses;

	private final TrustedProxies proxies;

	RateLimitFilter(KeyLimit keys, ClientBuckets addresses, TrustedProxies proxies) {
		this.keys = keys;
		this.addresses = addresses;
		this.proxies = proxies;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		Duration wait = this.addresses.waitOf(this.proxies.clientOf(request));
		String credential = credential(request.getHeaders());
		if (!wait.isZero() || credential == null) {
			return pass(wait, exchange, chain);
		}
		return this.keys.waitOf(credential).flatMap((keyWait) -> pass(keyWait, exchange, chain));
	}

	private static Mono<Void> pass(Duration wait, ServerWebExchange exchange, GatewayFilterChain chain) {
		if (wait.isZero()) {
			return chain.filter(exchange);
		}
		long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
		exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
		return Mono.error(new ProblemException(ProblemCode.RATE_LIMITED,
				"This client sends more requests than it may; go on in " + seconds + " s."));
	}

	@Override
	public int getOrder() {
		// After the credential was asked for, before anything is read.
		return Ordered.HIGHEST_PRECEDENCE + 200;
	}

	private static @Nullable String credential(HttpHeaders headers) {
		String key = headers.getFirst("X-Api-Key");
		return (key != null) ? key : headers.getFirst(HttpHeaders.AUTHORIZATION);
	}

}
