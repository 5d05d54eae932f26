package dev.whence.gateway.shield;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Tells browsers to do no more with an answer than show it. An answer that is a page
 * brings its own content security policy; all others may load nothing at all.
 */
final class SecurityHeaders implements WebFilter {

	private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().beforeCommit(() -> {
			HttpHeaders headers = exchange.getResponse().getHeaders();
			headers.set("X-Content-Type-Options", "nosniff");
			headers.set("X-Frame-Options", "DENY");
			headers.set("Referrer-Policy", "no-referrer");
			if (!headers.containsHeader(CONTENT_SECURITY_POLICY)) {
				headers.set(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
			}
			return Mono.empty();
		});
		return chain.filter(exchange);
	}

}
