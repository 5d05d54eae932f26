package dev.whence.gateway.lane;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.FastThreadLocal;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Asks ingest. Each event loop has connections of its own: a request is read, asked for
 * and answered by one thread, which has nobody to wake up.
 */
final class IngestClient implements AutoCloseable {

	/** Above the bulkhead's limit, which is what refuses. */
	private static final int CONNECTIONS = 1024;

	private static final Duration ACQUIRE = Duration.ofSeconds(2);

	/** As the router's (gateway.yaml): less than a leaving service goes on answering. */
	private static final Duration IDLE = Duration.ofSeconds(4);

	private static final int CONNECT_MILLIS = 2000;

	private final URI service;

	private final LoopResources loops;

	private final Duration timeLimit;

	private final List<ConnectionProvider> pools = new CopyOnWriteArrayList<>();

	private final FastThreadLocal<HttpClient> clients = new FastThreadLocal<>() {

		@Override
		protected HttpClient initialValue() {
			return newClient();
		}

	};

	/**
	 * A client of the service.
	 * @param timeLimit from the last byte of a request to the head of its answer
	 */
	IngestClient(URI service, LoopResources loops, Duration timeLimit) {
		this.service = service;
		this.loops = loops;
		this.timeLimit = timeLimit;
	}

	/**
	 * Sends a body, which the caller keeps, and reads the whole answer.
	 * @param said the headers of the client
	 */
	Mono<Answer> post(String path, HttpHeaders said, String correlation, ByteBuf body) {
		return this.clients.get().post().uri(path).send((request, outbound) -> {
			LaneHeaders.copyRequest(said, correlation, request.requestHeaders());
			request.requestHeaders().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
			// A connection that was closed meanwhile is replaced, and this called again.
			return body.isReadable() ? outbound.sendObject(body.retainedDuplicate()) : outbound;
		})
			.responseSingle((response, content) -> content.retain()
				.defaultIfEmpty(Unpooled.EMPTY_BUFFER)
				.map((whole) -> new Answer(response.status(), response.responseHeaders(), whole)));
	}

	@Override
	public void close() {
		this.pools.forEach(ConnectionProvider::dispose);
	}

	private HttpClient newClient() {
		ConnectionProvider pool = ConnectionProvider.builder("ingest-lane")
			.maxConnections(CONNECTIONS)
			.pendingAcquireTimeout(ACQUIRE)
			.maxIdleTime(IDLE)
			.build();
		this.pools.add(pool);
		boolean secure = "https".equals(this.service.getScheme());
		int port = (this.service.getPort() > 0) ? this.service.getPort() : secure ? 443 : 80;
		InetSocketAddress address = InetSocketAddress.createUnresolved(this.service.getHost(), port);
		HttpClient client = HttpClient.create(pool)
			.runOn(this.loops)
			.remoteAddress(() -> address)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
			.responseTimeout(this.timeLimit);
		return secure ? client.secure() : client;
	}

	/** What the service said, body and all; whoever takes it releases the body. */
	record Answer(HttpResponseStatus status, HttpHeaders headers, ByteBuf body) {
	}

}
