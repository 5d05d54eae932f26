package dev.whence.gateway.connection;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.channel.ChannelOperations;

/**
 * Keeps a request back until the server is done with the one before, and reads nothing
 * more meanwhile. A client may have its answer, and ask again, before the server has
 * cleared up. Reactor Netty up to 1.3.7 has a queue of its own for that, which may fail
 * in two ways: a request in it that is the last of its connection is never taken up, and
 * after any other the connection may never be read again, nor counted as idle. Here that
 * queue stays empty.
 *
 * @see <a href="https://github.com/reactor/reactor-netty/issues/4361">Reactor Netty,
 * issue 4361</a>
 */
final class OneAtATime extends ChannelDuplexHandler {

	/** Parts of requests, in order; the first belongs to none that was handed on. */
	private final Queue<Object> waiting = new ArrayDeque<>();

	private boolean readLater;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.waiting.isEmpty() && !hasToWait(context, message)) {
			context.fireChannelRead(message);
			return;
		}
		this.waiting.add(message);
		// Switched on when a request is complete, to notice clients that hang up.
		context.channel().config().setAutoRead(false);
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if (this.waiting.isEmpty()) {
			context.read();
		}
		else {
			this.readLater = true;
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		context.fireUserEventTriggered(event);
		if (!this.waiting.isEmpty() && ChannelOperations.get(context.channel()) == null) {
			// Later, for the event comes in the middle of the clearing up.
			context.executor().execute(() -> handOn(context));
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		drop();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		drop();
	}

	private void handOn(ChannelHandlerContext context) {
		if (this.waiting.isEmpty()) {
			return;
		}
		while (!this.waiting.isEmpty() && !hasToWait(context, this.waiting.element())) {
			context.fireChannelRead(this.waiting.remove());
		}
		context.fireChannelReadComplete();
		if (this.waiting.isEmpty() && this.readLater) {
			this.readLater = false;
			context.read();
		}
	}

	private void drop() {
		while (!this.waiting.isEmpty()) {
			ReferenceCountUtil.release(this.waiting.remove());
		}
	}

	private static boolean hasToWait(ChannelHandlerContext context, Object message) {
		return message instanceof HttpRequest && ChannelOperations.get(context.channel()) != null;
	}

}
