package dev.whence.standalone.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A running server on loopback, on a port that was free. */
record PostgresServer(PostgresTools tools, Path data, int port) {

	private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of("listen_addresses", "127.0.0.1",
			// Nobody speaks to it through a file, and none is left behind.
			"unix_socket_directories", "", "max_connections", "100", "shared_buffers", "256MB", "fsync", "on",
			"synchronous_commit", "on", "timezone", "UTC",
			// A failed start is understood by what the log says.
			"lc_messages", "C"));

	/**
	 * Returns when the server takes connections, however long the replay of its log
	 * takes, and fails as soon as the server has.
	 */
	static PostgresServer start(PostgresTools tools, Path data) throws IOException, FailedStartException {
		int port = freePort();
		String options = SETTINGS.entrySet()
			.stream()
			.map((setting) -> "-c " + setting.getKey() + "=" + setting.getValue())
			.collect(Collectors.joining(" ", "-p " + port + " ", ""));
		tools.start(data, options);
		return new PostgresServer(tools, data, port);
	}

	void stop() throws IOException {
		this.tools.stop(this.data);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
