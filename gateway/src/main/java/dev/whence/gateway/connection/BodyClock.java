package dev.whence.gateway.connection;

import java.time.Duration;

import dev.whence.gateway.clock.Deadlines;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Closes a connection on which a body takes too long to arrive, however steadily. The
 * idle timeout covers silence and unfinished heads, but it starts anew with each part of
 * a body; and the time limit of bodies covers only those that somebody reads. Nothing is
 * timed of a request that arrives in one piece.
 */
final class BodyClock extends ChannelInboundHandlerAdapter {

	private final Duration time;

	private final Deadlines deadlines;

	private final ClosedConnections closed;

	private final Disposable.Swap timer = Disposables.swap();

	private boolean arriving;

	private boolean timed;

	BodyClock(Duration time, Deadlines deadlines, ClosedConnections closed) {
		this.time = time;
		this.deadlines = deadlines;
		this.closed = closed;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpObject http) {
			if (http.decoderResult().isFailure()) {
				this.closed.count(ClosedConnections.Reason.NOT_HTTP, context.channel());
			}
			if (http instanceof LastHttpContent) {
				this.arriving = false;
				this.timer.update(Disposables.disposed());
			}
			else if (http instanceof HttpRequest) {
				this.arriving = true;
				this.timed = false;
			}
		}
		context.fireChannelRead(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.arriving && !this.timed) {
			this.timed = true;
			this.timer.update(this.deadlines.schedule(this.time, () -> close(context)));
		}
		context.fireChannelReadComplete();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.timer.dispose();
		context.fireChannelInactive();
	}

	private void close(ChannelHandlerContext context) {
		if (context.channel().isActive()) {
			this.closed.count(ClosedConnections.Reason.TOO_SLOW, context.channel());
			context.channel().close();
		}
	}

}
