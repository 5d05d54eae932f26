package dev.whence.gateway.limit;

import java.time.Duration;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses a body beyond the limit: at once where its length is announced, otherwise with
 * the byte that goes too far. A body that takes too long ends the same way. In both cases
 * the call of the service is broken off, so that it sees an incomplete request. Bodies
 * are counted as they stream by, never collected.
 */
final class BodyLimitFilter implements GlobalFilter, Ordered {

	private final DataSize limit;

	private final Duration time;

	private final Deadlines deadlines;

	BodyLimitFilter(DataSize limit, Duration time, Deadlines deadlines) {
		this.deadlines = deadlines;
		this.limit = limit;
		this.time = time;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		long announced = request.getHeaders().getContentLength();
		if (announced > this.limit.toBytes()) {
			return Mono.error(tooLarge());
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

	private ProblemException tooLarge() {
		return new ProblemException(ProblemCode.BODY_TOO_LARGE,
				"The body is larger than " + this.limit.toBytes() + " bytes; send it in smaller parts.");
	}

	private ProblemException tooSlow() {
		return new ProblemException(ProblemCode.REQUEST_TIMEOUT,
				"The body was not complete after " + this.time.toSeconds() + " s.");
	}

	private final class LimitedBody extends ServerHttpRequestDecorator {

		private LimitedBody(ServerHttpRequest request) {
			super(request);
		}

		@Override
		public Flux<DataBuffer> getBody() {
			Mono<Void> deadline = BodyLimitFilter.this.deadlines.after(BodyLimitFilter.this.time)
				.then(Mono.error(BodyLimitFilter.this::tooSlow));
			return Flux.defer(this::counted).takeUntilOther(deadline);
		}

		private Flux<DataBuffer> counted() {
			long[] seen = new long[1];
			return super.getBody().handle((buffer, sink) -> {
				seen[0] += buffer.readableByteCount();
				if (seen[0] <= BodyLimitFilter.this.limit.toBytes()) {
					sink.next(buffer);
				}
				else {
					DataBufferUtils.release(buffer);
					sink.error(tooLarge());
				}
			});
		}

	}

}
