package dev.whence.gateway.connection;

import java.time.Duration;
import java.io.IOException;

import dev.whence.gateway.RawClient;
import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.limit.LimitProperties;
import dev.whence.support.drain.Drain;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.boot.context.properties.bind.Binder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that have their answer, and ask again, before the server has cleared up: each
 * request of this server ends only when the next has arrived.
 */
class QuickClientIT {

	private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

	private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n";

	private final Deadlines deadlines = new Deadlines();

	private DisposableServer server;

	@BeforeEach
	void start() {
		LimitProperties limits = new Binder().bindOrCreate("", LimitProperties.class);
		ClosedConnections closed = new ClosedConnections(new SimpleMeterRegistry());
		HttpServer rules = new ConnectionConfiguration()
			.requestRules(limits, this.deadlines, closed, new Drain(Duration.ZERO))
			.apply(HttpServer.create().host("127.0.0.1").port(0));
		this.server = rules
			.doOnChannelInit((observer, channel, address) -> channel.pipeline()
				.addAfter(NettyPipeline.HttpCodec, null, new FinishesTheOneBefore()))
			.handle(QuickClientIT::answer)
			.bindNow();
	}

	@AfterEach
	void stop() {
		this.server.disposeNow();
		this.deadlines.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { GET, POST + "body" })
	void aRequestThatComesRightAfterTheAnswerIsAnswered(String request) throws IOException {
		try (RawClient client = RawClient.connect(this.server.port())) {
			for (int i = 0; i < 10; i++) {
				assertThat(client.says(request).hearsUpTo("answer")).startsWith("HTTP/1.1 200");
			}
		}
	}

	@Test
	void aRequestThatEndsTheConnectionIsAnsweredBeforehand() throws IOException {
		try (RawClient client = RawClient.connect(this.server.port())) {
			client.says(GET).hearsUpTo("answer");
			client.says(GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

			assertThat(client.hearsUpTo("answer")).contains("connection: close");
		}
	}

	@Test
	void aBodyMayComeLaterThanItsHead() throws IOException {
		try (RawClient client = RawClient.connect(this.server.port())) {
			client.says(GET).hearsUpTo("answer");
			client.says(POST + "bo").hearsUpTo("answer");
			client.says("dy" + POST).hearsUpTo("answer");

			assertThat(client.says("body" + GET).hearsUpTo("answer")).startsWith("HTTP/1.1 200");
		}
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return response.header("Content-Length", "6").sendString(Mono.just("answer"));
	}

	/** As if the server's thread were stopped between its last two steps. */
	private static final class FinishesTheOneBefore extends ChannelDuplexHandler {

		private @Nullable ChannelPromise before;

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			if (message instanceof LastHttpContent) {
				context.write(message);
				this.before = promise;
			}
			else {
				context.write(message, promise);
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ChannelPromise finished = (message instanceof HttpRequest) ? this.before : null;
			context.fireChannelRead(message);
			if (finished != null) {
				finished.setSuccess();
			}
		}

	}

}
