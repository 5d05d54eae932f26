package dev.whence.instrumenter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the instrumenter-service. */
@SpringBootApplication
public class InstrumenterApplication {

	public static void main(String[] args) {
		SpringApplication.run(InstrumenterApplication.class, args);
	}

}
