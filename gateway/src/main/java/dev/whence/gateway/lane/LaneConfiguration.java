package dev.whence.gateway.lane;

import java.util.Map;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.fallback.FailureReports;
import dev.whence.gateway.fallback.RetryAdvice;
import dev.whence.gateway.limit.BodyLimit;
import dev.whence.gateway.limit.ClientLimits;
import dev.whence.gateway.limit.LimitProperties;
import dev.whence.gateway.route.Guards;
import dev.whence.gateway.route.ServiceProperties;
import dev.whence.gateway.route.Upstream;
import dev.whence.gateway.shield.CredentialGate;
import dev.whence.gateway.shield.HostGuard;
import dev.whence.gateway.shield.TrustedProxies;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LaneProperties.class)
class LaneConfiguration {

	@Bean(destroyMethod = "close")
	IngestClient ingestClient(ServiceProperties services, ReactorResourceFactory resources, Guards guards) {
		return new IngestClient(services.of(Upstream.INGEST), resources.getLoopResources(), guards.timeLimit());
	}

	@Bean
	BytesInFlight bytesInFlight(LaneProperties lane, MeterRegistry meters) {
		BytesInFlight inFlight = new BytesInFlight(lane.inFlight().toBytes(), lane.patience());
		meters.gauge("whence.gateway.lane.inflight.bytes", inFlight, BytesInFlight::held);
		return inFlight;
	}

	@Bean
	Calls calls(BytesInFlight inFlight, ClientLimits clients, LimitProperties limits, Deadlines deadlines,
			Guards guards, IngestClient client, FailureReports reports, RetryAdvice advice, MeterRegistry meters) {
		return new Calls(clients, new BodyLimit(limits.maxBody(), limits.bodyTime()), inFlight, deadlines,
				guards.bulkhead(Upstream.INGEST), guards.breaker(Upstream.INGEST), client, reports, advice,
				new LaneMetrics(meters));
	}

	/** Also that of the second listener, which takes nothing else. */
	@Bean
	NettyRouteProvider otlpLane(LaneProperties lane, CredentialGate gate, HostGuard hosts, TrustedProxies proxies,
			Calls calls) {
		return lane(IngestLane.OTLP, lane, gate, hosts, proxies, calls);
	}

	@Bean
	NettyRouteProvider ingestLane(LaneProperties lane, CredentialGate gate, HostGuard hosts, TrustedProxies proxies,
			Calls calls) {
		return lane(IngestLane.OTHERS, lane, gate, hosts, proxies, calls);
	}

	private static NettyRouteProvider lane(Map<String, String> paths, LaneProperties lane, CredentialGate gate,
			HostGuard hosts, TrustedProxies proxies, Calls calls) {
		return lane.enabled() ? new IngestLane(paths, gate, hosts, proxies, lane.largestBody().toBytes(), calls)
				: (routes) -> routes;
	}

}
