package dev.whence.analysis;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the analysis-worker. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AnalysisApplication {

	public static void main(String[] args) {
		// A configuration file of its own name: the standalone has all services on one
		// class path.
		new SpringApplicationBuilder(AnalysisApplication.class)
			.properties("spring.config.name=application,analysis-worker")
			.run(args);
	}

}
