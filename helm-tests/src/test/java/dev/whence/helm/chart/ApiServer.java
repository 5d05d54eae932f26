package dev.whence.helm.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * What a chart that looks for kept Secrets asks while it is rendered: an API server of a
 * namespace in which nothing is installed but what a test says. The library renders as
 * {@code helm install} does, which asks the cluster, and finds it by {@code KUBECONFIG}.
 */
final class ApiServer {

	private static final String SECRETS = """
			{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "v1", "resources": [
			  {"name": "secrets", "singularName": "secret", "namespaced": true, "kind": "Secret", "verbs": ["get"]}]}
			""";

	private static final String NOT_FOUND = """
			{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404,
			 "message": "not found"}
			""";

	/** By path. */
	private static final Map<String, String> KEPT = new ConcurrentHashMap<>();

	private ApiServer() {
	}

	/** Starts the one of this JVM; it ends with it. */
	static void start() {
		String configuration = System.getenv("KUBECONFIG");
		if (configuration == null) {
			throw new IllegalStateException("KUBECONFIG names the file in which Helm looks for the API server; the "
					+ "module's pom.xml sets it for tests");
		}
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", ApiServer::answer);
			server.setExecutor((task) -> Thread.ofVirtual().start(task));
			server.start();
			Path file = Path.of(configuration);
			Files.createDirectories(file.getParent());
			Files.writeString(file, KubeConfig.of("http://127.0.0.1:" + server.getAddress().getPort()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** From now on the Secret is there, until it is {@link #forget forgotten}. */
	static void keep(Secret secret) {
		KEPT.put(path(secret), Serialization.asJson(secret));
	}

	static void forget(Secret secret) {
		KEPT.remove(path(secret));
	}

	private static String path(Secret secret) {
		return "/api/v1/namespaces/" + Chart.NAMESPACE + "/secrets/" + secret.getMetadata().getName();
	}

	private static void answer(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		String found = path.equals("/api/v1") ? SECRETS : KEPT.get(path);
		byte[] body = ((found != null) ? found : NOT_FOUND).getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders((found != null) ? 200 : 404, body.length);
			exchange.getResponseBody().write(body);
		}
	}

}
