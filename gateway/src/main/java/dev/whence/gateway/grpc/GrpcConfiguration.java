package dev.whence.gateway.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.limit.LimitProperties;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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

	private static final Map<String, String> PATHS = Map.of("opentelemetry.proto.collector.logs.v1.LogsService",
			"/v1/logs", "opentelemetry.proto.collector.trace.v1.TraceService", "/v1/traces",
			"opentelemetry.proto.collector.metrics.v1.MetricsService", "/v1/metrics");

	@Bean
	@ConditionalOnExpression("${whence.gateway.grpc.port:4317} > 0")
	GrpcListener grpcListener(GrpcProperties grpc, LimitProperties limits, ServerProperties main,
			ReactorResourceFactory resources, HttpHandler handler, MeterRegistry meters, Deadlines deadlines,
			@Value("${spring.lifecycle.timeout-per-shutdown-phase:30s}") Duration grace) {
		LoopResources loops = resources.getLoopResources();
		EventLoopGroup group = loops.onServer(LoopResources.DEFAULT_NATIVE);
		NettyServerBuilder server = NettyServerBuilder
			.forAddress(address((grpc.address() != null) ? grpc.address() : main.getAddress(), grpc.port()))
			.bossEventLoopGroup(group)
			.workerEventLoopGroup(group)
			.channelType(loops.onChannelClass(ServerSocketChannel.class, group))
			.directExecutor()
			.addStreamTracerFactory(new HeldBytes.Accounts(grpc.bodies().toBytes()))
			// A message larger than all together may be would be refused forever.
			.maxInboundMessageSize((int) Math.min(limits.maxBody().toBytes(), grpc.bodies().toBytes() / 2))
			.maxInboundMetadataSize(MAX_METADATA)
			.maxConcurrentCallsPerConnection(grpc.concurrency())
			.permitKeepAliveTime(10, TimeUnit.SECONDS)
			.permitKeepAliveWithoutCalls(true)
			.keepAliveTime(1, TimeUnit.MINUTES);
		Refusals refusals = new Refusals(meters);
		Semaphore permits = new Semaphore(grpc.concurrency());
		PATHS.forEach((name, path) -> server
			.addService(new ExportService(path, handler, permits, limits.bodyTime(), deadlines, refusals).named(name)));
		return new GrpcListener(server, grpc.port(), grace.minusSeconds(1));
	}

	private static InetSocketAddress address(@Nullable InetAddress address, int port) {
		return (address != null) ? new InetSocketAddress(address, port) : new InetSocketAddress(port);
	}

}
