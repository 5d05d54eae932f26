package dev.whence.gateway;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the gateway. */
@SpringBootApplication
public class GatewayApplication {

	public static void main(String[] args) {
		// A configuration file of its own name: the standalone has all services on one
		// class path.
		new SpringApplicationBuilder(GatewayApplication.class).properties("spring.config.name=application,gateway")
			.run(args);
	}

}
