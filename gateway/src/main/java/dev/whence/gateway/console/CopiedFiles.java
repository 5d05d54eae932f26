package dev.whence.gateway.console;

import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Keeps files out of Reactor Netty's zero-copy path, in which a large one now and then
 * stops half-way for good (seen with 1.3.6 and Netty 4.2.15, epoll and NIO, on a kept
 * connection). It matters where classes lie in folders; files in a jar are copied anyway.
 */
@Component
final class CopiedFiles implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String path = exchange.getRequest().getPath().value();
		if (!path.startsWith("/assets/") && !path.startsWith("/docs/")) {
			return chain.filter(exchange);
		}
		// A decorated response does not offer zero copy.
		ServerHttpResponseDecorator response = new ServerHttpResponseDecorator(exchange.getResponse());
		return chain.filter(exchange.mutate().response(response).build());
	}

}
