package dev.whence.gateway.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.connection.ConnectionLimit;
import dev.whence.gateway.limit.AddressLimit;
import dev.whence.gateway.limit.LimitProperties;
import dev.whence.gateway.shield.TrustedProxies;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * Serves gRPC on the event loops that serve HTTP: nothing in between blocks, so nothing
 * has to change threads.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GrpcProperties.class)
class GrpcConfiguration {

	/** Enough for a token and the usual baggage; the HTTP ports take as much. */
	private static final int MAX_METADATA = 16 * 1024;

	/** A connection that is in use ends as well, so that none is held for good. */
	private static final Duration MAX_AGE = Duration.ofHours(1);

	private static final Map<String, String> PATHS = Map.of("opentelemetry.proto.collector.logs.v1.LogsService",
			"/v1/logs", "opentelemetry.proto.collector.trace.v1.TraceService", "/v1/traces",
			"opentelemetry.proto.collector.metrics.v1.MetricsService", "/v1/metrics");

	@Bean
	@ConditionalOnExpression("${whence.gateway.grpc.port:4317} > 0")
	GrpcListener grpcListener(GrpcProperties grpc, LimitProperties limits, ServerProperties main,
			NettyServerProperties netty, ReactorResourceFactory resources, HttpHandler handler, MeterRegistry meters,
			Deadlines deadlines, ConnectionLimit connections, AddressLimit addresses, TrustedProxies proxies,
			@Value("${spring.lifecycle.timeout-per-shutdown-phase:30s}") Duration grace) {
		LoopResources loops = resources.getLoopResources();
		EventLoopGroup group = loops.onServer(LoopResources.DEFAULT_NATIVE);
		NettyServerBuilder server = NettyServerBuilder
			.forAddress(address((grpc.address() != null) ? grpc.address() : main.getAddress(), grpc.port()))
			.bossEventLoopGroup(group)
			.workerEventLoopGroup(group)
			.channelFactory(() -> listening(loops.onChannel(ServerSocketChannel.class, group), connections))
			.directExecutor()
			.addStreamTracerFactory(new HeldBytes.Accounts(grpc.bodies().toBytes()))
			// A message larger than all together may be would be refused forever.
			.maxInboundMessageSize((int) Math.min(limits.maxBody().toBytes(), grpc.bodies().toBytes() / 2))
			.maxInboundMetadataSize(MAX_METADATA)
			.maxConcurrentCallsPerConnection(Math.min(grpc.concurrency(), grpc.connectionConcurrency()))
			.permitKeepAliveTime(10, TimeUnit.SECONDS)
			.permitKeepAliveWithoutCalls(true)
			.keepAliveTime(1, TimeUnit.MINUTES)
			.maxConnectionAge(MAX_AGE.toMinutes(), TimeUnit.MINUTES)
			.maxConnectionAgeGrace(1, TimeUnit.MINUTES);
		if (netty.getIdleTimeout() != null) {
			server.maxConnectionIdle(netty.getIdleTimeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		Refusals refusals = new Refusals(meters);
		Admissions admissions = new Admissions(grpc, addresses, proxies, refusals);
		PATHS.forEach((name, path) -> server.addService(
				new ExportService(path, handler, admissions, limits.bodyTime(), deadlines, refusals).named(name)));
		return new GrpcListener(server, grpc.port(), grace.minusSeconds(1));
	}

	private static ServerSocketChannel listening(ServerSocketChannel socket, ConnectionLimit connections) {
		socket.pipeline().addFirst(connections);
		return socket;
	}

	private static InetSocketAddress address(@Nullable InetAddress address, int port) {
		return (address != null) ? new InetSocketAddress(address, port) : new InetSocketAddress(port);
	}

}
