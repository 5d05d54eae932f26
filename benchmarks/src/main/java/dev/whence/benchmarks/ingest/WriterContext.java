package dev.whence.benchmarks.ingest;

import java.util.stream.Stream;

import dev.whence.benchmarks.ingest.machine.DatabaseServer;
import dev.whence.store.SignalWriter;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The service's writer with the service's settings and announcements, without its web
 * side.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan("dev.whence.ingest.outbox")
class WriterContext {

	static ConfigurableApplicationContext start(DatabaseServer database, String... settings) {
		return new SpringApplicationBuilder(WriterContext.class).web(WebApplicationType.NONE)
			.properties("spring.config.name=ingest-service")
			.run(Stream
				.concat(Stream.of(settings),
						Stream.of("--spring.datasource.url=" + database.jdbcUrl(),
								"--spring.datasource.username=postgres", "--spring.datasource.password=postgres",
								"--whence.wire.kind=in-process", "--logging.level.root=WARN"))
				.toArray(String[]::new));
	}

	static SignalWriter writer(ConfigurableApplicationContext context) {
		return context.getBean(SignalWriter.class);
	}

}
