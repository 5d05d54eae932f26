package dev.whence.instrumenter;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the instrumenter-service. */
@SpringBootApplication
public class InstrumenterApplication {

	public static void main(String[] args) {
		// A configuration file of its own name: the standalone has all services on one
		// class path.
		new SpringApplicationBuilder(InstrumenterApplication.class)
			.properties("spring.config.name=application,instrumenter-service")
			.run(args);
	}

}
