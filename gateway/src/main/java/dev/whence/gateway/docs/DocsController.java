package dev.whence.gateway.docs;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The two viewers of the API's description, served from here and from nowhere else. */
@RestController
class DocsController {

	/** Both viewers write style elements; ReDoc searches in a worker made of a blob. */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
			+ "img-src 'self' data: blob:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'";

	@GetMapping({ "/docs", "/api/docs" })
	ResponseEntity<Resource> swaggerUi() {
		return page("pages/swagger-ui.html");
	}

	@GetMapping({ "/redoc", "/api/redoc" })
	ResponseEntity<Resource> redoc() {
		return page("pages/redoc.html");
	}

	private static ResponseEntity<Resource> page(String path) {
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_HTML)
			.header("Content-Security-Policy", POLICY)
			.body(new ClassPathResource(path));
	}

}
