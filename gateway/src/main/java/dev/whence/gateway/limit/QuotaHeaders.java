package dev.whence.gateway.limit;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Reads from the answers of services what quotas keys have, before they are passed on.
 */
final class QuotaHeaders implements HttpHeadersFilter, Ordered {

	private final KeyQuotas quotas;

	QuotaHeaders(KeyQuotas quotas) {
		this.quotas = quotas;
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		this.quotas.learn(RateLimitFilter.credential(exchange.getRequest().getHeaders()),
				input.getFirst(KeyQuotas.HEADER));
		return input;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.RESPONSE;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
