package dev.whence.gateway.shield;

import java.util.List;
import java.util.stream.Stream;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Turns away requests without any credential before their body is read. It guards the
 * routes only; what the gateway serves itself (probes, documentation, console) is open.
 * The credential itself is verified by the service that receives it.
 */
final class CredentialGate implements GlobalFilter, Ordered {

	static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	/** Probes of the original APIs, and what hands out credentials in the first place. */
	private static final List<String> OPEN = List.of("GET /ingest/health", "GET /api/health", "GET /api/ping",
			"POST /api/auth/**");

	private final boolean required;

	private final List<RequestPattern> anonymous;

	CredentialGate(SecurityMode security) {
		this.required = security.isRequired();
		this.anonymous = Stream.concat(OPEN.stream(), security.anonymousPaths().stream())
			.map(RequestPattern::parse)
			.toList();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (!this.required || hasCredential(request.getHeaders())
				|| this.anonymous.stream().anyMatch((pattern) -> pattern.matches(request))) {
			return chain.filter(exchange);
		}
		exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		return Mono.error(new ProblemException(ProblemCode.UNAUTHENTICATED,
				"Send a project API key as 'X-Api-Key' or a token as 'Authorization: Bearer'."));
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	private static boolean hasCredential(HttpHeaders headers) {
		String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
		if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
				&& !authorization.substring(7).isBlank()) {
			return true;
		}
		String key = headers.getFirst("X-Api-Key");
		return key != null && !key.isBlank();
	}

}
