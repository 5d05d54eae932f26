package dev.whence.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that dies and comes back. It lies below the range from which
 * operating systems take the ports of outgoing connections; otherwise a client that tries
 * again and again to reach the dead server would sooner or later get the server's port as
 * its own, and even be connected with itself.
 */
public final class LastingPort {

	private static final int FIRST = 15_000;

	// Linux begins at 32768, IANA and others later.
	private static final int LAST = 32_000;

	private static final int ATTEMPTS = 200;

	private LastingPort() {
	}

	/** A port of the loopback interface that was free a moment ago. */
	public static int free() {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
			try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return port;
			}
			catch (IOException _) {
				// Somebody else's.
			}
		}
		throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
	}

}
