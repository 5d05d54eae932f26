package dev.whence.gateway.clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

	@Bean
	Deadlines deadlines() {
		return new Deadlines();
	}

}
