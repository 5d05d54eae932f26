package dev.whence.gateway.connection;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

import dev.whence.gateway.limit.AddressSlots;
import dev.whence.gateway.shield.TrustedProxies;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Closes connections beyond what all clients together, or one address, may have open on
 * all ports. It stands in the pipeline of a listening socket, where a connection passes
 * once, right after it was accepted and before anything of it is read.
 */
@Sharable
public final class ConnectionLimit extends ChannelInboundHandlerAdapter implements NettyServerCustomizer {

	private final int limit;

	private final AddressSlots addresses;

	private final ClosedConnections closed;

	private final AtomicInteger open = new AtomicInteger();

	ConnectionLimit(int limit, AddressSlots addresses, ClosedConnections closed) {
		this.limit = limit;
		this.addresses = addresses;
		this.closed = closed;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnBound((bound) -> bound.channel().pipeline().addFirst(this));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object accepted) {
		if (!(accepted instanceof Channel connection) || admits(connection)) {
			context.fireChannelRead(accepted);
		}
	}

	int open() {
		return this.open.get();
	}

	private boolean admits(Channel connection) {
		if (this.open.incrementAndGet() > this.limit && this.limit > 0) {
			this.open.decrementAndGet();
			refuse(connection, ClosedConnections.Reason.TOO_MANY);
			return false;
		}
		String address = TrustedProxies.host((InetSocketAddress) connection.remoteAddress());
		if (!this.addresses.tryTake(address)) {
			this.open.decrementAndGet();
			refuse(connection, ClosedConnections.Reason.TOO_MANY_OF_ADDRESS);
			return false;
		}
		connection.closeFuture().addListener((end) -> {
			this.addresses.release(address);
			this.open.decrementAndGet();
		});
		return true;
	}

	private void refuse(Channel connection, ClosedConnections.Reason reason) {
		this.closed.count(reason, connection);
		// As Netty closes what it could not register with an event loop.
		connection.unsafe().closeForcibly();
	}

}
