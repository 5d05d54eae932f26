package dev.whence.support.health;

import java.util.List;

import javax.sql.DataSource;

import dev.whence.support.drain.Drain;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the probes on both web stacks. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnWebApplication
public class ProbeConfiguration {

	@Bean
	ProbeController probeController(ObjectProvider<DependencyCheck> checks, Drain drain) {
		return new ProbeController(List.copyOf(checks.orderedStream().toList()), drain);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DataSource.class)
	@ConditionalOnBean(DataSource.class)
	static class WithDatabase {

		@Bean
		DatabaseCheck databaseCheck(DataSource dataSource,
				@Value("${whence.health.database-required:true}") boolean required) {
			return new DatabaseCheck(dataSource, required);
		}

	}

}
