package dev.whence.query;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the query-service. */
@SpringBootApplication
public class QueryApplication {

	public static void main(String[] args) {
		// A configuration file of its own name: the standalone has all services on one
		// class path.
		new SpringApplicationBuilder(QueryApplication.class).properties("spring.config.name=application,query-service")
			.run(args);
	}

}
