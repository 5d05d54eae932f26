package dev.whence.standalone;

import dev.whence.standalone.server.StandaloneOptions;
import dev.whence.standalone.server.StandaloneServer;

/**
 * A start that ends by itself, for a JVM that records what a start needs: see the
 * launcher's {@code train} and ADR 021. Takes the options of {@code up}; the data are not
 * those of a user.
 */
final class Training {

	private Training() {
	}

	static void run(String[] args) {
		StandaloneServer.start(StandaloneOptions.parse(args));
		System.exit(0);
	}

}
