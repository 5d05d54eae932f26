package dev.whence.gateway.route;

import java.util.List;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Drops from a service's answer what the gateway says itself or is told alone; said
 * twice, a browser would refuse {@code Access-Control-Allow-Origin} altogether.
 */
public final class GatewayOwnedHeaders implements HttpHeadersFilter {

	private static final List<String> OWNED = List.of("access-control-", "x-correlation-id", "x-content-type-options",
			"x-frame-options", "referrer-policy", "content-security-policy", "x-internal-");

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		HttpHeaders kept = new HttpHeaders();
		input.forEach((name, values) -> {
			if (!isOwned(name)) {
				kept.addAll(name, values);
			}
		});
		return kept;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.RESPONSE;
	}

	/** Whether only the gateway says it. */
	public static boolean isOwned(String name) {
		for (String prefix : OWNED) {
			if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
				return true;
			}
		}
		return false;
	}

}
