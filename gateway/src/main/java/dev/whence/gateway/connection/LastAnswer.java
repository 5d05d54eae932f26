package dev.whence.gateway.connection;

import dev.whence.support.drain.Drain;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;

/**
 * Makes an answer the last of its connection while the gateway leaves. It stands before
 * the handler that closes a connection whose answer says so.
 */
final class LastAnswer extends ChannelOutboundHandlerAdapter {

	private final Drain drain;

	LastAnswer(Drain drain) {
		this.drain = drain;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.drain.isDraining() && message instanceof HttpResponse answer
				&& answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			HttpUtil.setKeepAlive(answer, false);
		}
		context.write(message, promise);
	}

}
