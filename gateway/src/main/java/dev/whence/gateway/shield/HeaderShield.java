package dev.whence.gateway.shield;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Takes from every request the headers by which a client could pretend to be somebody
 * else, or to be somewhere else, and gives it its correlation id.
 */
final class HeaderShield implements WebFilter {

	private final TrustedProxies proxies;

	HeaderShield(TrustedProxies proxies) {
		this.proxies = proxies;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		boolean trusted = this.proxies.trusts(exchange.getRequest().getRemoteAddress());
		Correlation correlation = Correlation.from(exchange.getRequest().getHeaders());
		correlation.attachTo(exchange);
		ServerHttpRequest request = exchange.getRequest().mutate().headers((headers) -> {
			// Collected first: most requests have none of them.
			List<String> forbidden = null;
			for (String name : headers.headerNames()) {
				if (ClaimedHeaders.isForbidden(name, trusted)) {
					forbidden = (forbidden != null) ? forbidden : new ArrayList<>();
					forbidden.add(name);
				}
			}
			if (forbidden != null) {
				forbidden.forEach(headers::remove);
			}
			headers.set(Correlation.HEADER, correlation.id());
		}).build();
		return chain.filter(exchange.mutate().request(request).build());
	}

}
