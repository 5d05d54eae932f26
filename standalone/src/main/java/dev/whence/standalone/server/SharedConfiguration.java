package dev.whence.standalone.server;

import dev.whence.standalone.database.EmbeddedDatabase;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireMetrics;
import dev.whence.support.wire.WireProperties;
import dev.whence.support.wire.inprocess.InProcessEventWire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all services of the JVM share: the database and the event wire. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WireProperties.class)
class SharedConfiguration {

	@Bean(destroyMethod = "close")
	EmbeddedDatabase database(StandaloneOptions options) {
		return EmbeddedDatabase.start(options.data());
	}

	@Bean
	JdbcConnectionDetails connectionDetails(EmbeddedDatabase database) {
		return new JdbcConnectionDetails() {

			@Override
			public String getUsername() {
				return database.user();
			}

			@Override
			public String getPassword() {
				return "";
			}

			@Override
			public String getJdbcUrl() {
				return database.jdbcUrl();
			}

		};
	}

	@Bean
	EventWire eventWire(WireProperties properties) {
		return new InProcessEventWire(properties, new WireMetrics(new SimpleMeterRegistry()));
	}

}
