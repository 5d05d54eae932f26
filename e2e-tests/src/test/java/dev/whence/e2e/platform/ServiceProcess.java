package dev.whence.e2e.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
		this(service, service.module(), port, runJar(service), environment);
	}

	private ServiceProcess(Service service, String name, int port, List<String> arguments,
			Map<String, String> environment) {
		super(name, arguments, environment);
		this.service = service;
		this.port = port;
	}

	/**
	 * Starts a service under a name of its own, besides those of {@link Whence}.
	 * @param name also the name of its log file
	 * @param options of the JVM, after and therefore above the frugal ones
	 */
	public static ServiceProcess start(Service service, String name, int port, List<String> options,
			Map<String, String> environment) {
		List<String> arguments = new ArrayList<>(FRUGAL);
		arguments.addAll(options);
		arguments.addAll(List.of("-jar", service.unpackedJar().toString()));
		return new ServiceProcess(service, name, port, arguments, environment);
	}

	/**
	 * Starts a service with classes of a test beside its own. They are no part of its
	 * jar, whose other main class reads them from a folder.
	 */
	public static ServiceProcess startWith(Path extraClasses, Service service, String name, int port,
			Map<String, String> environment) {
		List<String> arguments = new ArrayList<>(FRUGAL);
		arguments.addAll(List.of("-cp", service.jar().toString(), "-Dloader.path=" + extraClasses,
				"org.springframework.boot.loader.launch.PropertiesLauncher"));
		return new ServiceProcess(service, name, port, arguments, environment);
	}

	public int port() {
		return this.port;
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

	private static List<String> runJar(Service service) {
		return Stream.concat(FRUGAL.stream(), Stream.of("-jar", service.unpackedJar().toString())).toList();
	}

}
