package dev.whence.gateway.route;

import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Hands bodies on in parts as large as the network delivers them. Netty would otherwise
 * cut them into 8 KiB, each of which takes the way through the whole gateway and ends in
 * a system call.
 */
final class BodyParts implements NettyServerCustomizer {

	private static final int BYTES = 64 * 1024;

	@Override
	public HttpServer apply(HttpServer server) {
		return server.httpRequestDecoder((decoder) -> decoder.maxChunkSize(BYTES));
	}

}
