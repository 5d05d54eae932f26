package dev.whence.control;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the control-service. */
@SpringBootApplication
public class ControlApplication {

	public static void main(String[] args) {
		// A configuration file of its own name: the standalone has all services on one
		// class path.
		new SpringApplicationBuilder(ControlApplication.class)
			.properties("spring.config.name=application,control-service")
			.run(args);
	}

}
