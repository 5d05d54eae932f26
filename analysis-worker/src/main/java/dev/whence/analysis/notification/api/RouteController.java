package dev.whence.analysis.notification.api;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.notification.channel.Channels;
import dev.whence.analysis.notification.route.Route;
import dev.whence.analysis.notification.route.Routes;
import dev.whence.analysis.notification.route.Strategy;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The routes of a project. */
@RestController
@RequestMapping("/api/notifications/routes")
@Tag(name = "Notifications")
class RouteController {

	private final Routes routes;

	private final Channels channels;

	private final NotificationQueries queries;

	private final InstantSource clock;

	RouteController(Routes routes, Channels channels, NotificationQueries queries, InstantSource clock) {
		this.routes = routes;
		this.channels = channels;
		this.queries = queries;
		this.clock = clock;
	}

	@GetMapping
	@Operation(summary = "Which channel hears of which incidents")
	Items<RouteView> list(ProjectId project) {
		Map<UUID, String> names = this.queries.channelNames(project);
		return new Items<>(this.routes.all(project)
			.stream()
			.map((route) -> RouteView.of(route, names.getOrDefault(route.channel(), "")))
			.toList());
	}

	@PostMapping
	@Operation(summary = "Let a channel hear of incidents",
			description = "For one channel, routes that name a service of the incident beat those that name none.")
	ResponseEntity<RouteView> create(ProjectId project, @Valid @RequestBody RouteBody body) {
		if (this.routes.all(project).size() >= Routes.MAX) {
			throw new ProblemException(ProblemCode.CONFLICT, "A project has at most " + Routes.MAX + " routes");
		}
		RouteView view = put(project, UUID.randomUUID(), body, this.clock.instant());
		return ResponseEntity.created(URI.create("/api/notifications/routes/" + view.id())).body(view);
	}

	@PutMapping("/{id}")
	@Operation(summary = "Change a route")
	RouteView change(ProjectId project, @PathVariable String id, @Valid @RequestBody RouteBody body) {
		Route before = this.routes.find(project, Ids.parse(id, "Route")).orElseThrow(() -> Ids.unknown("Route"));
		return put(project, before.id(), body, before.createdAt());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a route")
	void delete(ProjectId project, @PathVariable String id) {
		if (!this.routes.delete(project, Ids.parse(id, "Route"))) {
			throw Ids.unknown("Route");
		}
	}

	private RouteView put(ProjectId project, UUID id, RouteBody body, Instant createdAt) {
		String channel = this.channels.find(project, body.channelId())
			.orElseThrow(() -> Invalid.field("channel_id", "is no channel of this project"))
			.name();
		Route route = new Route(id, project, body.channelId(),
				(body.services() != null) ? body.services().stream().distinct().toList() : List.of(),
				body.parsedSeverity(), body.parsedStrategy(), body.enabled() == null || body.enabled(), createdAt);
		this.routes.put(route);
		return RouteView.of(route, channel);
	}

	record RouteBody(@JsonProperty("channel_id") @NotNull UUID channelId,
			@Size(max = 100) @Nullable List<@NotBlank @Size(max = 255) String> services,
			@JsonProperty("min_severity") @Nullable String minSeverity, @Nullable String strategy,
			@Nullable Boolean enabled) {

		Severity parsedSeverity() {
			String wanted = (this.minSeverity != null) ? this.minSeverity : Severity.HIGH.wireName();
			return Stream.of(Severity.values())
				.filter((severity) -> severity.name().equalsIgnoreCase(wanted))
				.findFirst()
				.orElseThrow(() -> Invalid.field("min_severity", "is none of low, medium, high, critical"));
		}

		Strategy parsedStrategy() {
			return (this.strategy != null)
					? Strategy.named(this.strategy.toLowerCase(Locale.ROOT))
						.orElseThrow(() -> Invalid.field("strategy", "is none of new-only, all-updates, none"))
					: Strategy.ALL_UPDATES;
		}

	}

	record RouteView(UUID id, @JsonProperty("channel_id") UUID channelId,
			@JsonProperty("channel_name") String channelName, List<String> services,
			@JsonProperty("min_severity") String minSeverity, String strategy, boolean enabled,
			@JsonProperty("created_at") Instant createdAt) {

		static RouteView of(Route route, String channel) {
			return new RouteView(route.id(), route.channel(), channel, route.services(), route.minSeverity().wireName(),
					route.strategy().wireName(), route.enabled(), route.createdAt());
		}

	}

}
