package dev.whence.gateway.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The console for browsers; for programs, at the root, what this is. The console has
 * pages of its own, which all begin with the same document.
 */
@RestController
class ConsoleController {

	/**
	 * Nothing inline, nothing from elsewhere. The console's browser test uses the same.
	 */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private static final Resource INDEX = new ClassPathResource("static/index.html");

	private final String version;

	ConsoleController(ObjectProvider<BuildProperties> build) {
		BuildProperties properties = build.getIfAvailable();
		String known = (properties != null) ? properties.getVersion() : null;
		this.version = (known != null) ? known : "development";
	}

	@GetMapping("/")
	ResponseEntity<?> root(@RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept,
			ServerHttpRequest request) throws IOException {
		return accept.contains(MediaType.TEXT_HTML_VALUE) ? page(request) : description();
	}

	@GetMapping({ "/overview", "/incidents", "/incidents/{id}", "/incidents/{id}/evidence", "/notifications",
			"/traces/{id}", "/logs", "/spans", "/series", "/services", "/storage", "/rejected", "/decisions",
			"/decisions/{id}", "/images", "/images/{id}", "/builds", "/builds/{id}", "/settings", "/settings/{tab}",
			"/sign-in", "/register" })
	ResponseEntity<String> page(ServerHttpRequest request) throws IOException {
		return ResponseEntity.ok()
			.contentType(HTML)
			.cacheControl(CacheControl.noCache())
			.header("Content-Security-Policy", POLICY)
			.header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
			.body(INDEX.getContentAsString(StandardCharsets.UTF_8)
				.replace("\"./", '"' + wayUp(request.getPath().pathWithinApplication().value())));
	}

	/**
	 * From a page to where its files lie. It is told from here to there, so that it holds
	 * below any path that a proxy puts before this one and takes off again.
	 */
	private static String wayUp(String path) {
		long folders = path.chars().filter((character) -> character == '/').count() - 1;
		return (folders > 0) ? "../".repeat((int) folders) : "./";
	}

	private ResponseEntity<Map<String, Object>> description() {
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
			.body(Map.of("name", "Whence", "description", "Send telemetry, get the cause.", "version", this.version,
					"status", "running", "endpoints",
					Map.of("docs", "/docs", "ingest", "/ingest", "analyze", "/analyze/{run_id}", "runs", "/runs"),
					"links", Map.of("documentation", "/docs", "openapi", "/openapi.json", "health", "/health",
							"readiness", "/readiness", "metrics", "/metrics", "incidents", "/query/incidents")));
	}

}
