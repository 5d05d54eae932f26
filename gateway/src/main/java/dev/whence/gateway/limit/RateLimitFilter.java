package dev.whence.gateway.limit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Slows a client down that sends more than its share. Both its credential and its address
 * are charged: the credential is not verified here, so that by itself it could be made up
 * anew for each request. The limit of an address holds for one gateway process.
 */
final class RateLimitFilter implements GlobalFilter, Ordered {

	private final KeyLimit keys;

	private final AddressLimit addresses;

	RateLimitFilter(KeyLimit keys, AddressLimit addresses) {
		this.keys = keys;
		this.addresses = addresses;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return this.addresses.waitOf(exchange.getRequest()).flatMap((wait) -> thenKey(wait, exchange, chain));
	}

	private Mono<Void> thenKey(Duration wait, ServerWebExchange exchange, GatewayFilterChain chain) {
		String credential = credential(exchange.getRequest().getHeaders());
		if (!wait.isZero() || credential == null) {
			return pass(wait, exchange, chain);
		}
		return this.keys.waitOf(credential).flatMap((keyWait) -> pass(keyWait, exchange, chain));
	}

	private static Mono<Void> pass(Duration wait, ServerWebExchange exchange, GatewayFilterChain chain) {
		if (wait.isZero()) {
			return chain.filter(exchange);
		}
		long seconds = AddressLimit.seconds(wait);
		exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
		return Mono.error(AddressLimit.refusal(seconds));
	}

	@Override
	public int getOrder() {
		// After the credential was asked for, before anything is read.
		return Ordered.HIGHEST_PRECEDENCE + 200;
	}

	static @Nullable String credential(HttpHeaders headers) {
		String key = headers.getFirst("X-Api-Key");
		return (key != null) ? key : headers.getFirst(HttpHeaders.AUTHORIZATION);
	}

}
