package dev.whence.gateway.connection;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import reactor.netty.channel.ChannelOperations;

/**
 * Makes a request that has to wait for the one before the last of its connection. Reactor
 * Netty up to 1.3.7 answers it and then never reads from the connection again, nor counts
 * it as idle; the next request would be waited for in vain. A quick client may have its
 * answer, and ask again, before the server is done with it; it is answered and told that
 * the connection ends. One that did not await the answer before is told so with that one,
 * and has to send again what was not answered (RFC 9112, section 9.3.2).
 *
 * @see <a href="https://github.com/reactor/reactor-netty/issues/4361">Reactor Netty,
 * issue 4361</a>
 */
@Sharable
final class LastOfItsConnection extends ChannelInboundHandlerAdapter {

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request && ChannelOperations.get(context.channel()) != null) {
			request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		context.fireChannelRead(message);
	}

}
