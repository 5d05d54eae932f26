package dev.whence.support.security;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.whence.support.problem.ProblemSupport;
import dev.whence.support.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import javax.sql.DataSource;

/**
 * Asks for credentials on every path of a servlet service. API keys and tokens are
 * verified where there is a database; further {@link CredentialVerifier} beans are asked
 * after them.
 */
@AutoConfiguration(after = ProblemSupport.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(Servlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({ SecurityProperties.class, TokenProperties.class, OidcProperties.class })
public class SecurityConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SecurityConfiguration.class);

	/** After the correlation id, before anything that reads a body. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	@Bean
	FilterRegistrationBean<Filter> credentialFilter(SecurityProperties properties,
			ObjectProvider<CredentialVerifier> verifiers, ProblemWriter problems) {
		FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(
				filter(properties, () -> verifiers.orderedStream().toList(), problems));
		registration.setOrder(ORDER);
		return registration;
	}

	private static Filter filter(SecurityProperties properties, Supplier<List<CredentialVerifier>> verifiers,
			ProblemWriter problems) {
		AccessRules rules = AccessRules.allowing(properties.anonymousPaths());
		if (properties.mode() == SecurityProperties.Mode.OPEN) {
			logger.warn("whence.security.mode is open: whoever reaches this port may do everything");
			return new OpenModeFilter(SingletonSupplier.of(verifiers));
		}
		List<CredentialVerifier> all = new ArrayList<>();
		if (properties.bootstrapKey() != null) {
			all.add(new BootstrapKeyVerifier(properties.bootstrapKey()));
		}
		all.addAll(verifiers.get());
		return new CredentialFilter(rules, all, problems);
	}

	@Bean
	WebMvcConfigurer credentialArguments() {
		return new WebMvcConfigurer() {
			@Override
			public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
				resolvers.add(new CredentialArgumentResolver());
			}
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcClient.class)
	@ConditionalOnBean(DataSource.class)
	static class WithDatabase {

		/** A look-up is one row by its unique prefix. */
		private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(2);

		@Bean
		@Lazy
		@Order(1)
		CredentialVerifier apiKeyVerifier(DataSource dataSource, SecurityProperties properties) {
			return new JdbcCredentialVerifier(client(dataSource), properties, Ticker.systemTicker());
		}

		@Bean
		@Lazy
		@Order(2)
		CredentialVerifier tokenVerifier(DataSource dataSource, SecurityProperties properties, TokenProperties tokens) {
			return new TokenCredentialVerifier(client(dataSource), properties, tokens, Ticker.systemTicker(),
					Clock.systemUTC());
		}

		@Bean
		@Lazy
		@Order(3)
		@ConditionalOnProperty("whence.security.oidc.issuer")
		CredentialVerifier oidcVerifier(DataSource dataSource, SecurityProperties properties, TokenProperties tokens,
				OidcProperties oidc) {
			return new OidcCredentialVerifier(client(dataSource), oidc, properties, tokens, Ticker.systemTicker());
		}

		private static JdbcClient client(DataSource dataSource) {
			JdbcTemplate template = new JdbcTemplate(dataSource);
			template.setQueryTimeout((int) QUERY_TIMEOUT.toSeconds());
			return JdbcClient.create(template);
		}

	}

}
