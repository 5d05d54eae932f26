package dev.whence.support.drain;

import jakarta.servlet.Filter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Services on Spring MVC close their connections by a filter, the gateway does so itself.
 */
@AutoConfiguration
@ConditionalOnWebApplication
@EnableConfigurationProperties(DrainProperties.class)
public class DrainConfiguration {

	@Bean
	Drain drain(DrainProperties properties) {
		return new Drain(properties.time());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(Filter.class)
	static class OnServlets {

		@Bean
		FilterRegistrationBean<LastAnswerFilter> lastAnswerFilter(Drain drain) {
			FilterRegistrationBean<LastAnswerFilter> registration = new FilterRegistrationBean<>(
					new LastAnswerFilter(drain));
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return registration;
		}

	}

}
