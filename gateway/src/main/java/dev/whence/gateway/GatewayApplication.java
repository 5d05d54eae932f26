package dev.whence.gateway;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the gateway. */
@SpringBootApplication
public class GatewayApplication {

	/**
	 * The gateway's own configuration file: the standalone has all services on one class
	 * path.
	 */
	static final String CONFIGURATION = "spring.config.name=application,gateway";

	public static void main(String[] args) {
		new SpringApplicationBuilder(GatewayApplication.class).properties(CONFIGURATION).run(args);
	}

}
