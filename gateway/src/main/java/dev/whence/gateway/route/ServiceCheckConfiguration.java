package dev.whence.gateway.route;

import java.net.http.HttpClient;
import java.time.Duration;

import dev.whence.support.health.DependencyCheck;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One readiness line for each service behind. */
@Configuration(proxyBeanMethods = false)
class ServiceCheckConfiguration {

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofMillis(400)).build();

	@Bean
	DependencyCheck ingestCheck(ServiceProperties services) {
		return check(Upstream.INGEST, services);
	}

	@Bean
	DependencyCheck queryCheck(ServiceProperties services) {
		return check(Upstream.QUERY, services);
	}

	@Bean
	DependencyCheck analysisCheck(ServiceProperties services) {
		return check(Upstream.ANALYSIS, services);
	}

	@Bean
	DependencyCheck instrumenterCheck(ServiceProperties services) {
		return check(Upstream.INSTRUMENTER, services);
	}

	@Bean
	DependencyCheck controlCheck(ServiceProperties services) {
		return check(Upstream.CONTROL, services);
	}

	private ServiceCheck check(Upstream upstream, ServiceProperties services) {
		return new ServiceCheck(upstream.id(), services.of(upstream), this.client);
	}

}
