package dev.whence.gateway.shield;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses paths that the gateway and a service could read differently: dot segments and
 * path parameters, plain or encoded. What is left means the same to both.
 */
final class PathShield implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.HOST).size() > 1) {
			// RFC 9112, section 3.2: two readers would each take another one.
			return Mono.error(new ProblemException(ProblemCode.INVALID_PARAMETER, "The request has two Host headers"));
		}
		for (PathContainer.Element element : exchange.getRequest().getPath().elements()) {
			if (element instanceof PathContainer.PathSegment segment && isAmbiguous(segment)) {
				return Mono.error(new ProblemException(ProblemCode.INVALID_PARAMETER,
						"The path has a segment '.', '..' or one with ';', which mean nothing here"));
			}
		}
		return chain.filter(exchange);
	}

	private static boolean isAmbiguous(PathContainer.PathSegment segment) {
		String decoded = segment.valueToMatch();
		return ".".equals(decoded) || "..".equals(decoded) || decoded.indexOf('\0') >= 0 || decoded.contains("../")
				|| !segment.parameters().isEmpty();
	}

}
