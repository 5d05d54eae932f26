package dev.whence.gateway.shield;

import java.util.List;
import java.util.Locale;

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

	private static final List<String> IDENTITY = List.of("x-user-", "x-tenant-", "x-project-", "x-internal-",
			"x-supabase-", "x-original-url", "x-rewrite-url");

	private static final List<String> ORIGIN = List.of("forwarded", "x-forwarded-", "x-real-ip");

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
			strip(headers, IDENTITY);
			if (!trusted) {
				strip(headers, ORIGIN);
			}
			headers.set(Correlation.HEADER, correlation.id());
		}).build();
		return chain.filter(exchange.mutate().request(request).build());
	}

	private static void strip(HttpHeaders headers, List<String> prefixes) {
		List<String> forbidden = headers.headerNames()
			.stream()
			.filter((name) -> prefixes.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith))
			.toList();
		forbidden.forEach(headers::remove);
	}

}
