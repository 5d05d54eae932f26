package dev.whence.gateway.shield;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ShieldProperties.class, SecurityMode.class })
class ShieldConfiguration {

	@Bean
	TrustedProxies whenceTrustedProxies(ShieldProperties properties) {
		return new TrustedProxies(properties.trustedProxies());
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	HeaderShield headerShield(TrustedProxies proxies) {
		return new HeaderShield(proxies);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	SecurityHeaders securityHeaders() {
		return new SecurityHeaders();
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 2)
	PathShield pathShield() {
		return new PathShield();
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 2)
	HostGuard hostGuard(SecurityMode security) {
		return new HostGuard(security);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 3)
	CorsWebFilter corsFilter(ShieldProperties properties) {
		CorsConfiguration cors = new CorsConfiguration();
		cors.setAllowedOrigins(properties.corsOrigins());
		cors.setAllowedMethods(List.of(CorsConfiguration.ALL));
		cors.setAllowedHeaders(List.of(CorsConfiguration.ALL));
		cors.setExposedHeaders(List.of(Correlation.HEADER, "Retry-After", "ETag"));
		cors.setMaxAge(Duration.ofHours(1));
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		source.registerCorsConfiguration("/**", cors);
		return new CorsWebFilter(source);
	}

	@Bean
	CredentialGate credentialGate(SecurityMode security) {
		return new CredentialGate(security);
	}

}
