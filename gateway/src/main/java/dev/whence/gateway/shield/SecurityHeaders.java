package dev.whence.gateway.shield;

import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Tells browsers to do no more with an answer than show it. An answer that is a page
 * brings its own content security policy; all others may load nothing at all.
 */
public final class SecurityHeaders implements WebFilter {

	/** What every answer says. */
	public static final Map<String, String> OF_ALL = Map.of("X-Content-Type-Options", "nosniff", "X-Frame-Options",
			"DENY", "Referrer-Policy", "no-referrer");

	/** The content security policy of answers that are no page. */
	public static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

	private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().beforeCommit(() -> {
			HttpHeaders headers = exchange.getResponse().getHeaders();
			OF_ALL.forEach(headers::set);
			if (!headers.containsHeader(CONTENT_SECURITY_POLICY)) {
				headers.set(CONTENT_SECURITY_POLICY, NOTHING);
			}
			return Mono.empty();
		});
		return chain.filter(exchange);
	}

}
