package dev.whence.control.build.live;

import dev.whence.control.build.Build;
import dev.whence.control.build.Builds;
import dev.whence.model.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@Tag(name = "Builds")
class EventController {

	private static final String DESCRIPTION = "Events have the name 'build' and a number; a reader that comes back with "
			+ "Last-Event-ID misses nothing. A stream ends after a minute, so that a reader shows its credential again.";

	private final BuildStreams streams;

	private final Builds builds;

	EventController(BuildStreams streams, Builds builds) {
		this.streams = streams;
		this.builds = builds;
	}

	@GetMapping(path = "/api/build/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(summary = "What happens to the builds, live", description = DESCRIPTION)
	@ApiResponse(responseCode = "200", description = "A stream of server-sent events")
	@ApiResponse(responseCode = "503", description = "Too many streams are open")
	ResponseEntity<SseEmitter> all(ProjectId project,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
		return stream(this.streams.open(project, number(last)));
	}

	@GetMapping(path = "/api/build/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(summary = "What happens to one build, live",
			description = "Begins with how it is and ends with its end. " + DESCRIPTION)
	@ApiResponse(responseCode = "200", description = "A stream of server-sent events")
	@ApiResponse(responseCode = "204", description = "The reader knows the end of the build and need not come back")
	@ApiResponse(responseCode = "404", description = "There is no such build")
	@ApiResponse(responseCode = "503", description = "Too many streams are open")
	ResponseEntity<SseEmitter> one(ProjectId project, @PathVariable long id,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
		Build build = this.builds.find(project, id);
		return this.streams.open(build, number(last))
			.map(EventController::stream)
			.orElseGet(() -> ResponseEntity.noContent().build());
	}

	// Proxies that collect an answer before they pass it on are told not to.
	private static ResponseEntity<SseEmitter> stream(SseEmitter emitter) {
		return ResponseEntity.ok().header("Cache-Control", "no-store").header("X-Accel-Buffering", "no").body(emitter);
	}

	private static @Nullable Long number(@Nullable String text) {
		return (text != null && text.matches("\\d{1,18}")) ? Long.valueOf(text) : null;
	}

}
