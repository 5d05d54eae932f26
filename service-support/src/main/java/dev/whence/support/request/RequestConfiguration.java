package dev.whence.support.request;

import dev.whence.support.problem.ProblemSupport;
import dev.whence.support.problem.ProblemWriter;
import jakarta.servlet.Servlet;
import org.apache.catalina.startup.Tomcat;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wires what every service on Tomcat does about requests that cannot be read. */
@AutoConfiguration(after = ProblemSupport.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Servlet.class)
public class RequestConfiguration {

	/** After the correlation id, which the refusal tells; before the credential. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 50;

	@Bean
	FilterRegistrationBean<QueryStringFilter> queryStringFilter(ProblemWriter problems) {
		FilterRegistrationBean<QueryStringFilter> registration = new FilterRegistrationBean<>(
				new QueryStringFilter(problems));
		registration.setOrder(ORDER);
		return registration;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Tomcat.class)
	static class WithTomcat {

		@Bean
		TomcatProblems tomcatProblems(ProblemWriter problems) {
			return new TomcatProblems(problems);
		}

	}

}
