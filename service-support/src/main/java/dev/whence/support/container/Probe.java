package dev.whence.support.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The health check of an image without a shell: asks one URL and ends with 0 if the
 * answer is 200 within three seconds, else with 1 and a line that says why.
 * <p>
 * A plain socket, because an HTTP client would cost ten times as much at each check.
 */
public final class Probe {

	private static final int TIMEOUT_MILLIS = 3000;

	private static final int OK = 200;

	private Probe() {
	}

	public static void main(String[] args) {
		System.exit(run(args, System.out));
	}

	static int run(String[] args, PrintStream out) {
		if (args.length != 1) {
			out.println("usage: Probe http://HOST:PORT/PATH");
			return 1;
		}
		try {
			int status = status(URI.create(args[0]));
			if (status == OK) {
				return 0;
			}
			out.println(args[0] + " answered " + status);
		}
		catch (IOException | IllegalArgumentException ex) {
			out.println(args[0] + " does not answer: " + ex.getMessage());
		}
		return 1;
	}

	private static int status(URI url) throws IOException {
		if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 0) {
			throw new IllegalArgumentException("it is no http://HOST:PORT/PATH");
		}
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), TIMEOUT_MILLIS);
			socket.setSoTimeout(TIMEOUT_MILLIS);
			socket.getOutputStream()
				.write("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
					.formatted(url.getRawPath(), url.getRawAuthority())
					.getBytes(StandardCharsets.US_ASCII));
			BufferedReader answer = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			return statusOf(answer.readLine());
		}
	}

	private static int statusOf(@Nullable String line) throws IOException {
		String[] parts = (line != null) ? line.split(" ") : new String[0];
		if (parts.length < 2 || !parts[0].startsWith("HTTP/") || !parts[1].matches("\\d{3}")) {
			throw new IOException("that is no HTTP");
		}
		return Integer.parseInt(parts[1]);
	}

}
