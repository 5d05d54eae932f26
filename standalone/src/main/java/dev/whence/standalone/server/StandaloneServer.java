package dev.whence.standalone.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.analysis.AnalysisApplication;
import dev.whence.control.ControlApplication;
import dev.whence.gateway.GatewayApplication;
import dev.whence.ingest.IngestApplication;
import dev.whence.instrumenter.InstrumenterApplication;
import dev.whence.query.QueryApplication;
import dev.whence.standalone.StartException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts everything in one JVM, on loopback. The services start one after the other, the
 * gateway last, so that whoever reaches it reaches all of them.
 */
public final class StandaloneServer {

	private static final String LOOPBACK = "127.0.0.1";

	private static final String OPEN = "open";

	private static final Map<String, ServiceContext> SERVICES = new LinkedHashMap<>();

	static {
		SERVICES.put("ingest", ServiceContext.withStore("ingest-service", IngestApplication.class));
		SERVICES.put("analysis", ServiceContext.withStoreAndJpa("analysis-worker", AnalysisApplication.class));
		SERVICES.put("query", ServiceContext.withStore("query-service", QueryApplication.class));
		SERVICES.put("control", ServiceContext.withJpa("control-service", ControlApplication.class));
		SERVICES.put("instrumenter", ServiceContext.withJpa("instrumenter-service", InstrumenterApplication.class));
	}

	private StandaloneServer() {
	}

	/**
	 * Returns when the gateway takes requests.
	 * @throws StartException with a sentence for the user
	 */
	public static void start(StandaloneOptions options) {
		requireGuarded();
		requireFree(options.port(), "--port N");
		if (options.otlpPort() > 0) {
			requireFree(options.otlpPort(), "--otlp-port N");
		}
		if (options.grpcPort() > 0) {
			requireFree(options.grpcPort(), "--otlp-grpc-port N");
		}
		try {
			Files.createDirectories(options.data());
			announce(options, startContexts(options));
		}
		catch (IOException ex) {
			throw new StartException("The data folder " + options.data() + " cannot be written.", ex);
		}
		catch (RuntimeException ex) {
			StartException sentence = sentenceIn(ex);
			throw (sentence != null) ? sentence : ex;
		}
	}

	/** Returns the port of the gateway. */
	private static int startContexts(StandaloneOptions options) {
		ConfigurableApplicationContext shared = new SpringApplicationBuilder(SharedConfiguration.class)
			.web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("standaloneOptions", options))
			.run(common("shared").toArray(String[]::new));
		ClosingOrder closing = ClosingOrder.of(shared);
		List<String> gateway = new ArrayList<>(common("gateway"));
		List<String> secrets = secrets(options);
		try {
			SERVICES.forEach((name, service) -> {
				List<String> settings = new ArrayList<>(common(name));
				settings.addAll(secrets);
				ConfigurableApplicationContext context = service.start(shared, settings);
				closing.started(context);
				gateway.add("--whence.gateway.services." + name + "=http://127.0.0.1:" + ServiceContext.port(context));
			});
			gateway.add("--server.port=" + options.port());
			gateway.add("--server.address=" + setting("API_HOST", LOOPBACK));
			gateway.add("--whence.gateway.otlp.port=" + options.otlpPort());
			gateway.add("--whence.gateway.grpc.port=" + options.grpcPort());
			gateway.add("--whence.gateway.limit.shared.kind=in-process");
			// Without credentials every page that a developer visits could read
			// everything.
			gateway.add("--whence.gateway.shield.cors-origins="
					+ setting("CORS_ORIGINS", "http://localhost:" + options.port()));
			ConfigurableApplicationContext front = ServiceContext.gateway("gateway", GatewayApplication.class)
				.start(shared, gateway);
			closing.started(front);
			return ServiceContext.port(front);
		}
		catch (RuntimeException ex) {
			shared.close();
			throw ex;
		}
	}

	// The launcher waits for these files.
	private static void announce(StandaloneOptions options, int port) throws IOException {
		if (options.otlpPort() > 0) {
			Files.writeString(options.data().resolve("otlp-address"), "http://localhost:" + options.otlpPort());
		}
		if (options.grpcPort() > 0) {
			Files.writeString(options.data().resolve("otlp-grpc-address"), "http://localhost:" + options.grpcPort());
		}
		Files.writeString(options.data().resolve("address"), "http://localhost:" + port);
	}

	private static List<String> common(String name) {
		return List.of("--whence.security.mode=" + setting("WHENCE_SECURITY_MODE", OPEN),
				"--whence.wire.kind=in-process", "--whence.analysis.lock.kind=in-process", "--spring.jmx.enabled=false",
				// One log for all: the last context to start would name itself in every
				// line.
				"--logging.structured.json.add.service=standalone", "--spring.datasource.hikari.maximum-pool-size=8",
				"--spring.datasource.hikari.pool-name=" + name);
	}

	// Nobody has to think of a key before the first sign-in or channel, and links lead
	// here.
	private static List<String> secrets(StandaloneOptions options) {
		String key = SecretKeyFile.in(options.data()).read();
		return List.of("--whence.control.token.secret-key=" + setting("WHENCE_SECRET_KEY", key),
				"--whence.notification.secret-key=" + setting("WHENCE_NOTIFICATION_SECRET_KEY", key),
				"--whence.notification.public-url="
						+ setting("WHENCE_PUBLIC_URL", "http://localhost:" + options.port()));
	}

	private static String setting(String variable, String otherwise) {
		String value = System.getenv(variable);
		return (value != null && !value.isBlank()) ? value : otherwise;
	}

	private static void requireGuarded() {
		String host = setting("API_HOST", LOOPBACK);
		try {
			if (!InetAddress.getByName(host).isLoopbackAddress()
					&& setting("WHENCE_SECURITY_MODE", OPEN).equalsIgnoreCase(OPEN)) {
				throw new StartException("With API_HOST=" + host + " everybody in the network could read and change "
						+ "everything: set WHENCE_SECURITY_MODE=required and a WHENCE_BOOTSTRAP_KEY.", null);
			}
		}
		catch (UnknownHostException ex) {
			throw new StartException("API_HOST=" + host + " is not an address of this machine.", ex);
		}
	}

	private static void requireFree(int port, String option) {
		try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			// Free: nobody else answers there.
		}
		catch (IOException ex) {
			throw new StartException((port > 0 && answersAsWhence(port))
					? "Port " + port
							+ " is taken by another Whence, which has other data: stop that one, or start this "
							+ "one beside it with --port N --otlp-port N --otlp-grpc-port N."
					: "Port " + port + " is taken by another program; choose another with " + option + ".", ex);
		}
	}

	// Whose data those are nobody can tell; that of this folder would have been found.
	private static boolean answersAsWhence(int port) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health"))
			.timeout(Duration.ofSeconds(2))
			.build();
		try {
			HttpResponse<Void> answer = HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.discarding());
			return answer.headers().firstValue("X-Correlation-ID").isPresent();
		}
		catch (IOException _) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static @Nullable StartException sentenceIn(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof StartException sentence) {
				return sentence;
			}
		}
		return null;
	}

}
