package dev.whence.gateway.grpc;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;

/** Collects an answer, which is small or not one of OTLP's. */
final class BridgedResponse extends AbstractServerHttpResponse {

	/** The largest message that gRPC clients take unless told otherwise. */
	private static final int MAX_BYTES = 4 * 1024 * 1024;

	private byte[] body = {};

	BridgedResponse() {
		super(DefaultDataBufferFactory.sharedInstance);
	}

	/** Empty until the answer is complete. */
	byte[] body() {
		return this.body;
	}

	@Override
	protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> buffers) {
		return DataBufferUtils.join(buffers, MAX_BYTES).doOnNext((whole) -> {
			this.body = new byte[whole.readableByteCount()];
			whole.read(this.body);
			DataBufferUtils.release(whole);
		}).then();
	}

	@Override
	protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> parts) {
		return writeWithInternal(Flux.from(parts).concatMap((part) -> part));
	}

	@Override
	protected void applyStatusCode() {
		// Read from here.
	}

	@Override
	protected void applyHeaders() {
		// Read from here.
	}

	@Override
	protected void applyCookies() {
		// OTLP has none.
	}

	@Override
	public <T> T getNativeResponse() {
		throw new IllegalStateException("no response of any server's own");
	}

}
