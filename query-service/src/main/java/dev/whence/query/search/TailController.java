package dev.whence.query.search;

import java.time.InstantSource;

import dev.whence.model.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@Tag(name = "Search")
class TailController {

	private static final String DESCRIPTION = "Events 'signal' hold one signal each, as a search gives it; an event 'lagging' "
			+ "says that more arrived than a stream shows. A stream ends after a minute, so that a reader shows its credential "
			+ "again.";

	private final Tails tails;

	TailController(Tails tails) {
		this.tails = tails;
	}

	@GetMapping(path = "/query/search/tail", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(summary = "What matches and arrives from now on", description = DESCRIPTION)
	@ApiResponse(responseCode = "200", description = "A stream of server-sent events")
	@ApiResponse(responseCode = "503", description = "Too many streams are open")
	ResponseEntity<SseEmitter> tail(ProjectId project,
			@Parameter(description = SearchController.KIND) @RequestParam(required = false) @Nullable String kind,
			@Parameter(description = SearchController.LANGUAGE) @RequestParam(required = false) @Nullable String q) {
		SearchRequest request = SearchRequest.of(kind, q, null, null, InstantSource.system().instant());
		// Proxies that collect an answer before they pass it on are told not to.
		return ResponseEntity.ok()
			.header("Cache-Control", "no-store")
			.header("X-Accel-Buffering", "no")
			.body(this.tails.open(project, request));
	}

}
