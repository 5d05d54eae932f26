package dev.whence.standalone;

import dev.whence.standalone.demo.Demo;
import dev.whence.standalone.server.StandaloneOptions;
import dev.whence.standalone.server.StandaloneServer;

/**
 * A start and the demo, for a JVM that records what both need: see the launcher's
 * {@code train} and ADR 021. Takes the options of {@code up}; the data are not those of a
 * user. Ends the process: 0 if everything started, whatever the demo found, because on a
 * busy machine it may run out of patience.
 */
final class Training {

	private Training() {
	}

	static void run(String[] args) {
		int port = StandaloneServer.start(StandaloneOptions.parse(args));
		try {
			Demo.run(new String[] { "--url=http://127.0.0.1:" + port });
		}
		catch (StartException ex) {
			System.err.println("The start is recorded, the demo only as far as it came: " + ex.getMessage());
		}
		System.exit(0);
	}

}
