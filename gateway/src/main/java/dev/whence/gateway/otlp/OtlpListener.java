package dev.whence.gateway.otlp;

import dev.whence.support.drain.Drain;
import dev.whence.support.problem.OtlpPaths;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.GracefulShutdownResult;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Listens on the OTLP port with everything the main port does for {@code /v1/*}, and
 * nothing else; connections are treated alike. It opens last and closes first, and
 * finishes what is in flight.
 */
final class OtlpListener implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(OtlpListener.class);

	private final NettyReactiveWebServerFactory factory;

	private final HttpHandler handler;

	private @Nullable WebServer server;

	OtlpListener(NettyReactiveWebServerFactory factory, HttpHandler handler) {
		this.factory = factory;
		this.handler = handler;
	}

	@Override
	public void start() {
		WebServer started = this.factory.getWebServer(this::handle);
		try {
			started.start();
		}
		catch (PortInUseException ex) {
			throw new OtlpPortTakenException(this.factory.getPort(), "WHENCE_OTLP_PORT", ex);
		}
		this.server = started;
		log.info("OTLP over HTTP on port {}", started.getPort());
	}

	@Override
	public void stop(Runnable callback) {
		WebServer running = this.server;
		if (running == null) {
			callback.run();
			return;
		}
		running.shutDownGracefully((GracefulShutdownResult result) -> {
			stop();
			callback.run();
		});
	}

	@Override
	public void stop() {
		WebServer running = this.server;
		if (running != null) {
			running.stop();
			this.server = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

	@Override
	public int getPhase() {
		return Drain.PHASE - 1;
	}

	private Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		if (OtlpPaths.matches(request.getPath().value())) {
			return this.handler.handle(request, response);
		}
		response.setStatusCode(HttpStatus.NOT_FOUND);
		return response.setComplete();
	}

}
