package dev.whence.gateway.route;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.shield.TrustedProxies;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.BooleanSpec;
import org.springframework.cloud.gateway.route.builder.Buildable;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;

/**
 * The public paths and the services behind them. The first route that matches wins, so
 * the exceptions stand before the rules. Routes exist only in code: nothing a client
 * sends or a database holds can add one.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ServiceProperties.class, GuardProperties.class })
class RouteConfiguration {

	/** Outside the filter that writes the answer (-1): it ends with the last byte. */
	private static final int WHOLE_EXCHANGE = -10;

	/** Right before the filter that calls the service: it ends with the answer's head. */
	private static final int CALL = Ordered.LOWEST_PRECEDENCE - 1;

	@Bean
	Guards guards(GuardProperties properties, MeterRegistry meters) {
		Guards guards = new Guards(properties);
		guards.bindTo(meters);
		return guards;
	}

	@Bean
	HttpHeadersFilter gatewayOwnedHeaders() {
		return new GatewayOwnedHeaders();
	}

	@Bean
	GlobalFilter writtenUri() {
		return new WrittenUri();
	}

	@Bean
	BodyParts bodyParts() {
		return new BodyParts();
	}

	@Bean
	RouteLocator routes(RouteLocatorBuilder builder, ServiceProperties services, Guards guards, Deadlines deadlines,
			TrustedProxies proxies) {
		Behind behind = new Behind(services, guards, deadlines, proxies);
		return builder.routes()
			.route("otlp", (r) -> behind.ingest(r.path("/v1/logs", "/v1/traces", "/v1/metrics")))
			.route("zipkin-write", (r) -> behind.ingest(r.path("/api/v2/spans").and().method(HttpMethod.POST)))
			.route("alerts", (r) -> behind.analysis(r.path("/api/v2/alerts", "/api/v2/alerts/webhook")))
			.route("native", (r) -> behind.ingest(r.path("/ingest", "/ingest/**")))
			.route("incident-transitions",
					(r) -> behind
						.analysis(r.path("/query/incidents/*/**").and().method(HttpMethod.POST, HttpMethod.PATCH)))
			.route("problem-decisions",
					(r) -> behind.analysis(r.path("/query/problems/*/*").and().method(HttpMethod.POST)))
			.route("changes", (r) -> behind.analysis(r.path("/query/changes").and().method(HttpMethod.POST)))
			.route("analyze-now", (r) -> behind.analysis(r.path("/debug/analyze/*")))
			.route("query", (r) -> behind.query(r.path("/query/**")))
			.route("decision-runs", (r) -> behind.query(r.path("/runs", "/runs/**", "/steps", "/analyze/**")))
			.route("jaeger", (r) -> behind.query(r.path("/jaeger/api/**")))
			.route("zipkin-read", (r) -> behind.query(r.path("/api/v2/**")))
			.route("manifests", (r) -> behind.instrumenter(r.path("/workflow/**")))
			.route("notifications", (r) -> behind.analysis(r.path("/api/notifications/**")))
			.route("control", (r) -> behind.control(r.path("/api/**", "/.well-known/jwks.json")))
			.build();
	}

	/** Ends a route at a service, behind that service's guards. */
	private record Behind(ServiceProperties services, Guards guards, Deadlines deadlines, TrustedProxies proxies) {

		Buildable<Route> ingest(BooleanSpec paths) {
			return service(Upstream.INGEST, paths);
		}

		Buildable<Route> query(BooleanSpec paths) {
			return service(Upstream.QUERY, paths);
		}

		Buildable<Route> analysis(BooleanSpec paths) {
			return service(Upstream.ANALYSIS, paths);
		}

		Buildable<Route> instrumenter(BooleanSpec paths) {
			return service(Upstream.INSTRUMENTER, paths);
		}

		Buildable<Route> control(BooleanSpec paths) {
			return service(Upstream.CONTROL, paths, new ClientAddressFilter(this.proxies));
		}

		private Buildable<Route> service(Upstream upstream, BooleanSpec paths, GatewayFilter... more) {
			return paths
				.filters(
						(filters) -> filters.filters(more)
							.filter(new ConcurrencyFilter(this.guards.bulkhead(upstream)), WHOLE_EXCHANGE)
							.filter(new CallFilter(this.guards.breaker(upstream), this.guards.timeLimit(),
									this.deadlines), CALL))
				.uri(this.services.of(upstream));
		}

	}

}
