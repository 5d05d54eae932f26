package dev.whence.gateway.grpc;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

import io.grpc.Metadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A call as the POST request that means the same. */
final class BridgedRequest extends AbstractServerHttpRequest {

	/** What says who sends and from where. All else in the metadata is gRPC's own. */
	private static final List<String> PASSED = List.of("authorization", "x-api-key", "x-correlation-id", "x-request-id",
			"traceparent", "tracestate", "forwarded", "x-forwarded-for", "user-agent");

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	private final @Nullable InetSocketAddress client;

	private final ByteBuf body;

	BridgedRequest(URI uri, Metadata metadata, @Nullable InetSocketAddress client, ByteBuf body) {
		super(HttpMethod.POST, uri, null, headers(metadata, body.readableBytes()));
		this.client = client;
		this.body = body;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return Flux.just(BUFFERS.wrap(this.body));
	}

	@Override
	public @Nullable InetSocketAddress getRemoteAddress() {
		return this.client;
	}

	@Override
	protected MultiValueMap<String, HttpCookie> initCookies() {
		return new LinkedMultiValueMap<>();
	}

	@Override
	protected @Nullable SslInfo initSslInfo() {
		return null;
	}

	@Override
	public <T> T getNativeRequest() {
		throw new IllegalStateException("no request of any server's own");
	}

	private static HttpHeaders headers(Metadata metadata, int length) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.CONTENT_TYPE, "application/x-protobuf");
		headers.setContentLength(length);
		for (String name : PASSED) {
			Iterable<String> values = metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
			if (values != null) {
				values.forEach((value) -> headers.add(name, printable(value)));
			}
		}
		return headers;
	}

	// HTTP/2 can carry line breaks, which in HTTP/1.1 would begin another header.
	private static String printable(String value) {
		return value.chars().allMatch((c) -> c >= ' ' && c < 0x7F) ? value : value.replaceAll("[^ -~]", "?");
	}

}
