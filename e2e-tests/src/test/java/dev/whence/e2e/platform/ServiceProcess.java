package dev.whence.e2e.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/** A service that runs from its jar and can be asked whether it is ready. */
public final class ServiceProcess extends JavaProcess {

	private static final HttpClient PROBE = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(2))
		.build();

	// Many JVMs on a small machine: small heaps, and no time spent on optimising code
	// that runs for a minute.
	private static final List<String> FRUGAL = List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
			"-XX:+ExitOnOutOfMemoryError");

	private final Service service;

	private final int port;

	ServiceProcess(Service service, int port, Map<String, String> environment) {
		super(service.module(), arguments(service), environment);
		this.service = service;
		this.port = port;
	}

	public String url() {
		return "http://127.0.0.1:" + this.port;
	}

	/** Waits until {@code /readiness} answers 200. */
	public void awaitReady() {
		Awaitility.await(this.service.module() + " to be ready")
			.atMost(Duration.ofSeconds(240))
			.pollInterval(Duration.ofMillis(200))
			.failFast(() -> {
				if (!isAlive()) {
					throw new IllegalStateException(this.service.module() + " has ended:\n" + logTail());
				}
			})
			.until(this::isReady);
	}

	public boolean isReady() throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/readiness"))
			.timeout(Duration.ofSeconds(5))
			.build();
		try {
			return PROBE.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static List<String> arguments(Service service) {
		return Stream.concat(FRUGAL.stream(), Stream.of("-jar", service.jar().toString())).toList();
	}

}
