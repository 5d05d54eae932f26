package dev.whence.gateway.shield;

import java.util.List;
import java.util.stream.Stream;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Turns away requests without any credential before their body is read. It guards the
 * routes only; what the gateway serves itself (probes, documentation, console) is open.
 * The credential itself is verified by the service that receives it.
 */
public final class CredentialGate implements GlobalFilter, Ordered {

	static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	/**
	 * Probes of the original APIs, what hands out credentials in the first place, and
	 * what brings a signature instead.
	 */
	private static final List<String> OPEN = List.of("GET /ingest/health", "GET /api/health", "GET /api/ping",
			"POST /api/auth/**", "GET /api/auth/jwks", "GET /.well-known/jwks.json", "POST /api/webhooks/github");

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
		HttpHeaders headers = request.getHeaders();
		if (isCredential(headers.getFirst(HttpHeaders.AUTHORIZATION), headers.getFirst("X-Api-Key"))
				|| isOpen(request.getMethod(), request.getPath().pathWithinApplication())) {
			return chain.filter(exchange);
		}
		exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		return Mono.error(refusal());
	}

	/** Whether such a request needs no credential. */
	public boolean isOpen(HttpMethod method, PathContainer path) {
		return !this.required || this.anonymous.stream().anyMatch((pattern) -> pattern.matches(method, path));
	}

	/** Whether one of the two headers has something that may be a credential. */
	public static boolean isCredential(@Nullable String authorization, @Nullable String key) {
		if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
				&& !authorization.substring(7).isBlank()) {
			return true;
		}
		return key != null && !key.isBlank();
	}

	/** What a client is told that has none. */
	public static ProblemException refusal() {
		return new ProblemException(ProblemCode.UNAUTHENTICATED,
				"Send a project API key as 'X-Api-Key' or a token as 'Authorization: Bearer'");
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
