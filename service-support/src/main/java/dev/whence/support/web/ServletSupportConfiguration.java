package dev.whence.support.web;

import jakarta.servlet.Servlet;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.io.Resource;

/** Correlation ids and the API's description for services on Spring MVC. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Servlet.class)
public class ServletSupportConfiguration {

	@Bean
	FilterRegistrationBean<CorrelationFilter> correlationFilter() {
		FilterRegistrationBean<CorrelationFilter> registration = new FilterRegistrationBean<>(new CorrelationFilter());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	/**
	 * From {@code openapi/SERVICE.json}, which the tests of the service compare with it.
	 */
	@Bean
	@ConditionalOnResource(resources = "classpath:openapi/${spring.application.name}.json")
	ApiDescriptionController apiDescriptionController(
			@Value("classpath:openapi/${spring.application.name}.json") Resource description) {
		return new ApiDescriptionController(description);
	}

}
