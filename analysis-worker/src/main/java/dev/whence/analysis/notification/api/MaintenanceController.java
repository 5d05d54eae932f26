package dev.whence.analysis.notification.api;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.notification.delivery.ChannelDesk;
import dev.whence.analysis.notification.route.MaintenanceWindow;
import dev.whence.analysis.notification.route.MaintenanceWindows;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The maintenance windows of a project. */
@RestController
@RequestMapping("/api/notifications/maintenance")
@Tag(name = "Notifications")
class MaintenanceController {

	private static final Duration LONGEST = Duration.ofDays(30);

	private final MaintenanceWindows windows;

	private final ChannelDesk desk;

	private final NotificationQueries queries;

	private final InstantSource clock;

	MaintenanceController(MaintenanceWindows windows, ChannelDesk desk, NotificationQueries queries,
			InstantSource clock) {
		this.windows = windows;
		this.desk = desk;
		this.queries = queries;
		this.clock = clock;
	}

	@GetMapping
	@Operation(summary = "When nothing is sent",
			description = "What runs and comes first, then the last 50 that ended.")
	Items<WindowView> list(ProjectId project) {
		return new Items<>(this.windows.all(project).stream().map((window) -> view(project, window)).toList());
	}

	@PostMapping
	@Operation(summary = "Send nothing for a while",
			description = "What is held back is told in one message per channel afterwards.")
	ResponseEntity<WindowView> create(Credential caller, @Valid @RequestBody WindowBody body) {
		Instant now = this.clock.instant();
		Instant from = (body.from() != null) ? body.from() : now;
		if (!body.to().isAfter(from) || !body.to().isAfter(now)) {
			throw Invalid.field("to", "is not after its beginning and now");
		}
		if (Duration.between(from, body.to()).compareTo(LONGEST) > 0) {
			throw Invalid.field("to", "is more than " + LONGEST.toDays() + " days after its beginning");
		}
		MaintenanceWindow window = new MaintenanceWindow(UUID.randomUUID(), caller.project(),
				(body.services() != null) ? body.services().stream().distinct().toList() : List.of(), from, body.to(),
				body.reason(), (body.actor() != null && !body.actor().isBlank()) ? body.actor() : caller.name(), now);
		this.windows.add(window);
		return ResponseEntity.created(URI.create("/api/notifications/maintenance/" + window.id()))
			.body(view(caller.project(), window));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "End a window now, or take one back that has not begun")
	void cancel(ProjectId project, @PathVariable String id) {
		if (!this.windows.cancel(project, Ids.parse(id, "Window"))) {
			throw Ids.unknown("Window");
		}
		this.queries.channelsUnderMaintenance(project).forEach((channel) -> this.desk.reconsider(project, channel));
	}

	private WindowView view(ProjectId project, MaintenanceWindow window) {
		String state = window.state(this.clock.instant());
		return new WindowView(window.id(), window.services(), window.from(), window.to(), window.reason(),
				window.createdBy(), window.createdAt(), state,
				"active".equals(state) ? this.queries.heldForMaintenance(project, window.services()) : 0);
	}

	record WindowBody(@Size(max = 100) @Nullable List<@NotBlank @Size(max = 255) String> services,
			@Nullable Instant from, @NotNull Instant to,
			@NotBlank @Size(max = 500) @Pattern(regexp = "\\P{Cntrl}*",
					message = "must not contain control characters") String reason,
			@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
					message = "must not contain control characters") @Nullable String actor) {
	}

	record WindowView(UUID id, List<String> services, Instant from, Instant to, String reason,
			@JsonProperty("created_by") String createdBy, @JsonProperty("created_at") Instant createdAt, String state,
			int held) {
	}

}
