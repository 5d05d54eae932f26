package dev.whence.ingest;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the ingest-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IngestApplication {

	public static void main(String[] args) {
		// A configuration file of its own name: the standalone has all services on one
		// class path.
		new SpringApplicationBuilder(IngestApplication.class)
			.properties("spring.config.name=application,ingest-service")
			.run(args);
	}

}
