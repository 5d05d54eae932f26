package dev.whence.gateway.route;

import dev.whence.gateway.shield.TrustedProxies;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the service where the client is, for which it cannot ask anybody else. What a
 * client itself says under this name was taken away before.
 */
final class ClientAddressFilter implements GatewayFilter {

	static final String HEADER = "X-Internal-Client-Address";

	private final TrustedProxies proxies;

	ClientAddressFilter(TrustedProxies proxies) {
		this.proxies = proxies;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		String client = this.proxies.clientOf(exchange.getRequest());
		ServerHttpRequest request = exchange.getRequest()
			.mutate()
			.headers((headers) -> headers.set(HEADER, client))
			.build();
		return chain.filter(exchange.mutate().request(request).build());
	}

}
