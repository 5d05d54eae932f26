package dev.whence.gateway.grpc;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.whence.gateway.otlp.OtlpPortTakenException;
import dev.whence.support.drain.Drain;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Listens for OTLP over gRPC. It opens last and closes first (after the drain), and
 * finishes what is in flight.
 */
final class GrpcListener implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(GrpcListener.class);

	private final NettyServerBuilder builder;

	private final int port;

	private final Duration grace;

	private @Nullable Server server;

	GrpcListener(NettyServerBuilder builder, int port, Duration grace) {
		this.builder = builder;
		this.port = port;
		this.grace = grace;
	}

	@Override
	public void start() {
		try {
			this.server = this.builder.build().start();
		}
		catch (IOException ex) {
			throw new OtlpPortTakenException(this.port, "WHENCE_OTLP_GRPC_PORT", ex);
		}
		log.info("OTLP over gRPC on port {}", this.port);
	}

	@Override
	public void stop(Runnable callback) {
		Server running = this.server;
		if (running == null) {
			callback.run();
			return;
		}
		running.shutdown();
		Thread.ofVirtual().name("grpc-shutdown").start(() -> {
			awaitEnd(running);
			stop();
			callback.run();
		});
	}

	@Override
	public void stop() {
		Server running = this.server;
		if (running != null) {
			running.shutdownNow();
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

	private void awaitEnd(Server running) {
		try {
			if (!running.awaitTermination(this.grace.toMillis(), TimeUnit.MILLISECONDS)) {
				log.warn("OTLP calls were still under way after {} s", this.grace.toSeconds());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
