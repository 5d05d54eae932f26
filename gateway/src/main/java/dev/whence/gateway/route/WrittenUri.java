package dev.whence.gateway.route;

import java.net.URI;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Passes path and query on as the caller wrote them. The framework takes a query with a
 * plain equals sign in a value for one that is not escaped yet and escapes what is
 * escaped a second time.
 */
final class WrittenUri implements GlobalFilter, Ordered {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI target = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		URI written = exchange.getRequest().getURI();
		String query = written.getRawQuery();
		if (target != null && query != null && !query.equals(target.getRawQuery())) {
			exchange.getAttributes()
				.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, URI.create(
						target.getScheme() + "://" + target.getRawAuthority() + written.getRawPath() + "?" + query));
		}
		return chain.filter(exchange);
	}

	@Override
	public int getOrder() {
		return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
	}

}
