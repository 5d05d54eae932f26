package dev.whence.e2e.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Free ports on the loopback interface. */
public final class Ports {

	/** Whoever got one may not listen yet. */
	private static final Set<Integer> GIVEN = new HashSet<>();

	private Ports() {
	}

	/** As many different ports, free a moment ago and given to nobody else. */
	public static synchronized List<Integer> free(int number) {
		List<ServerSocket> sockets = new ArrayList<>();
		List<Integer> ports = new ArrayList<>();
		try {
			while (ports.size() < number) {
				ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				sockets.add(socket);
				if (GIVEN.add(socket.getLocalPort())) {
					ports.add(socket.getLocalPort());
				}
			}
			return List.copyOf(ports);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			for (ServerSocket socket : sockets) {
				try {
					socket.close();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

}
