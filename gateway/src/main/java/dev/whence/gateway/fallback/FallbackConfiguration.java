package dev.whence.gateway.fallback;

import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class FallbackConfiguration {

	@Bean
	@Order(-2) // before Spring Boot's own, which would answer everything else
	FailureHandler failureHandler(FailureReports reports, RetryAdvice advice) {
		return new FailureHandler(reports, advice);
	}

	@Bean
	FailureReports failureReports(JsonMapper json, MeterRegistry meters) {
		return new FailureReports(json, meters);
	}

	@Bean
	RetryAdvice retryAdvice() {
		return new RetryAdvice();
	}

}
