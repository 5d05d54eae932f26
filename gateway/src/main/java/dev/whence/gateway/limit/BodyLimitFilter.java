package dev.whence.gateway.limit;

import dev.whence.gateway.clock.Deadlines;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses a body beyond the limit: at once where its length is announced, otherwise with
 * the byte that goes too far. A body that takes too long ends the same way. In both cases
 * the call of the service is broken off, so that it sees an incomplete request. Bodies
 * are counted as they stream by, never collected.
 */
final class BodyLimitFilter implements GlobalFilter, Ordered {

	private final BodyLimit limit;

	private final Deadlines deadlines;

	BodyLimitFilter(BodyLimit limit, Deadlines deadlines) {
		this.deadlines = deadlines;
		this.limit = limit;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		long announced = request.getHeaders().getContentLength();
		if (announced > this.limit.size().toBytes()) {
			return Mono.error(this.limit.tooLarge());
		}
		if (announced <= 0 && !request.getHeaders().containsHeader("Transfer-Encoding")) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange.mutate().request(new LimitedBody(request)).build());
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 300;
	}

	private final class LimitedBody extends ServerHttpRequestDecorator {

		private LimitedBody(ServerHttpRequest request) {
			super(request);
		}

		@Override
		public Flux<DataBuffer> getBody() {
			Mono<Void> deadline = BodyLimitFilter.this.deadlines.after(BodyLimitFilter.this.limit.time())
				.then(Mono.error(BodyLimitFilter.this.limit::tooSlow));
			return Flux.defer(this::counted).takeUntilOther(deadline);
		}

		private Flux<DataBuffer> counted() {
			long[] seen = new long[1];
			return super.getBody().handle((buffer, sink) -> {
				seen[0] += buffer.readableByteCount();
				if (seen[0] <= BodyLimitFilter.this.limit.size().toBytes()) {
					sink.next(buffer);
				}
				else {
					DataBufferUtils.release(buffer);
					sink.error(BodyLimitFilter.this.limit.tooLarge());
				}
			});
		}

	}

}
