package dev.whence.gateway.route;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import dev.whence.support.health.DependencyCheck;

/**
 * Names a service behind in the readiness answer. It never makes the gateway unready: the
 * paths of the other services still work.
 */
record ServiceCheck(String name, URI address, HttpClient client) implements DependencyCheck {

	private static final Duration PATIENCE = Duration.ofMillis(400);

	@Override
	public boolean required() {
		return false;
	}

	@Override
	public void check() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.address.resolve("/health")).timeout(PATIENCE).build();
		int status;
		try {
			status = this.client.send(request, BodyHandlers.discarding()).statusCode();
		}
		catch (IOException ex) {
			throw new IOException("does not answer", ex);
		}
		if (status != 200) {
			throw new IOException("answers " + status);
		}
	}

}
