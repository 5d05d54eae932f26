package dev.whence.gateway.connection;

import java.time.Duration;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.limit.AddressSlots;
import dev.whence.gateway.limit.LimitProperties;
import dev.whence.gateway.shield.TrustedProxies;
import dev.whence.support.drain.Drain;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.netty.NettyPipeline;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The same rules for each listener: gateway, OTLP over HTTP, OTLP over gRPC. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

	@Bean
	ClosedConnections closedConnections(MeterRegistry meters) {
		return new ClosedConnections(meters);
	}

	@Bean
	ConnectionLimit connectionLimit(LimitProperties limits, TrustedProxies proxies, ClosedConnections closed,
			MeterRegistry meters) {
		ConnectionLimit limit = new ConnectionLimit(limits.connections(),
				new AddressSlots(limits.addressConnections(), proxies), closed);
		meters.gauge("whence.gateway.connections", limit, ConnectionLimit::open);
		return limit;
	}

	@Bean
	NettyServerCustomizer requestRules(LimitProperties limits, Deadlines deadlines, ClosedConnections closed,
			Drain drain) {
		// Where somebody waits for the body, he answers first.
		Duration time = limits.bodyTime().multipliedBy(2);
		return (server) -> server.doOnChannelInit((observer, channel, address) -> {
			// Absent where TLS has yet to find out which protocol there will be.
			if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
				channel.pipeline()
					.addAfter(NettyPipeline.HttpCodec, null, new BodyClock(time, deadlines, closed))
					.addAfter(NettyPipeline.HttpCodec, null, new OneAtATime())
					.addAfter(NettyPipeline.HttpTrafficHandler, null, new LastAnswer(drain));
			}
		});
	}

}
