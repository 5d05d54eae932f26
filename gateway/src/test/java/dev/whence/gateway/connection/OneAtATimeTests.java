package dev.whence.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.channel.ChannelOperations;

import static org.assertj.core.api.Assertions.assertThat;

class OneAtATimeTests {

	private final EmbeddedChannel channel = new EmbeddedChannel(new OneAtATime());

	private final Connection idle = () -> this.channel;

	private final ChannelOperations<?, ?> busy = new ChannelOperations<>(this.idle, ConnectionObserver.emptyListener());

	@BeforeEach
	void beginARequest() {
		this.idle.bind();
		assertThat(this.idle.rebind(this.busy)).isTrue();
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void theRestOfARequestUnderWayDoesNotWait() {
		this.channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);

		assertThat(this.channel.<Object>readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
	}

	@Test
	void theNextRequestWaitsAndNothingMoreIsRead() {
		HttpRequest next = request();
		this.channel.config().setAutoRead(true);
		this.channel.writeInbound(next, LastHttpContent.EMPTY_LAST_CONTENT);

		assertThat(this.channel.<Object>readInbound()).isNull();
		assertThat(this.channel.config().isAutoRead()).isFalse();

		endTheRequest();

		assertThat(this.channel.<Object>readInbound()).isSameAs(next);
		assertThat(this.channel.<Object>readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
	}

	@Test
	void anEventInTheMiddleOfARequestHandsNothingOn() {
		this.channel.writeInbound(request());
		this.channel.pipeline().fireUserEventTriggered("something else");
		this.channel.runPendingTasks();

		assertThat(this.channel.<Object>readInbound()).isNull();
	}

	@Test
	void ofTwoThatWaitTheSecondWaitsForTheFirst() {
		HttpRequest first = request();
		HttpRequest second = request();
		this.channel.pipeline().addLast(new TakesUp());
		this.channel.writeInbound(first, LastHttpContent.EMPTY_LAST_CONTENT, second);
		endTheRequest();

		assertThat(this.channel.<Object>readInbound()).isSameAs(first);
		assertThat(this.channel.<Object>readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
		assertThat(this.channel.<Object>readInbound()).isNull();

		endTheRequest();

		assertThat(this.channel.<Object>readInbound()).isSameAs(second);
	}

	@Test
	void whatWaitsIsGivenUpWithItsConnection() {
		ByteBuf body = Unpooled.copyInt(1);
		this.channel.writeInbound(request(), new DefaultLastHttpContent(body));
		assertThat(body.refCnt()).isOne();

		this.channel.close();

		assertThat(body.refCnt()).isZero();
	}

	private void endTheRequest() {
		assertThat(this.busy.rebind(this.idle)).isTrue();
		this.channel.pipeline().fireUserEventTriggered("ended");
		this.channel.runPendingTasks();
	}

	private static HttpRequest request() {
		return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
	}

	/** As the server does with each request. */
	private final class TakesUp extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpRequest) {
				OneAtATimeTests.this.idle.rebind(OneAtATimeTests.this.busy);
			}
			context.fireChannelRead(message);
		}

	}

}
