package dev.whence.gateway.fallback;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class FallbackConfiguration {

	@Bean
	@Order(-2) // before Spring Boot's own, which would answer everything else
	FailureHandler failureHandler(JsonMapper json) {
		return new FailureHandler(json);
	}

}
