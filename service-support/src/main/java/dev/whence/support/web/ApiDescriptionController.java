package dev.whence.support.web;

import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the service offers, as an OpenAPI document. The gateway puts those of all services
 * together.
 */
@RestController
class ApiDescriptionController {

	private final Resource description;

	ApiDescriptionController(Resource description) {
		this.description = description;
	}

	@GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<Resource> openApi() {
		return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(this.description);
	}

}
