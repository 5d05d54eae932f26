package dev.whence.analysis.notification.api;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.notification.delivery.ChannelDesk;
import dev.whence.analysis.notification.delivery.DeliveryState;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The log of what was sent to whom. */
@RestController
@RequestMapping("/api/notifications/deliveries")
@Tag(name = "Notifications")
class DeliveryController {

	private final NotificationQueries queries;

	private final ChannelDesk desk;

	DeliveryController(NotificationQueries queries, ChannelDesk desk) {
		this.queries = queries;
		this.desk = desk;
	}

	@GetMapping
	@Operation(summary = "The delivery log, newest first")
	LogPage list(ProjectId project, @RequestParam(required = false) @Nullable UUID channel,
			@RequestParam(required = false) @Nullable UUID incident,
			@RequestParam(required = false) @Nullable String state,
			@RequestParam(required = false) @Nullable String type,
			@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
			@RequestParam(required = false) @Min(1) @Nullable Long cursor) {
		NotificationQueries.LogFilter filter = new NotificationQueries.LogFilter(channel, incident, state(state),
				type(type), cursor);
		List<NotificationQueries.Logged> found = this.queries.deliveries(project, filter, limit + 1);
		List<NotificationQueries.Logged> page = found.subList(0, Math.min(limit, found.size()));
		return new LogPage(page.stream().map(NotificationQueries.Logged::delivery).toList(), limit,
				(found.size() > limit) ? Long.toString(page.getLast().position()) : null);
	}

	@GetMapping("/{id}")
	@Operation(summary = "One delivery with its tries and what it says")
	DeliveryView get(ProjectId project, @PathVariable String id) {
		return find(project, Ids.parse(id, "Delivery"));
	}

	@PostMapping("/{id}/replay")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Send a delivery again", description = "Under the same id and with the same words.")
	DeliveryView replay(ProjectId project, @PathVariable String id) {
		DeliveryView before = find(project, Ids.parse(id, "Delivery"));
		if (!this.desk.replay(project, before.channelId(), before.id())) {
			throw new ProblemException(ProblemCode.CONFLICT, "The delivery still waits to be sent");
		}
		return find(project, before.id());
	}

	private DeliveryView find(ProjectId project, UUID id) {
		return this.queries.delivery(project, id).orElseThrow(() -> Ids.unknown("Delivery"));
	}

	private static @Nullable DeliveryState state(@Nullable String text) {
		return (text != null) ? DeliveryState.named(text)
			.orElseThrow(() -> new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter 'state' is not the state of a delivery"))
				: null;
	}

	private static @Nullable NotificationType type(@Nullable String text) {
		return (text != null) ? NotificationType.named(text)
			.orElseThrow(() -> new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter 'type' is not the type of a message"))
				: null;
	}

	record LogPage(List<DeliveryView> items, int limit, @JsonProperty("next_cursor") @Nullable String nextCursor) {
	}

}
