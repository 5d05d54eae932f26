package dev.whence.analysis.notification.api;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.support.outbound.OutboundGuard;
import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.channel.ChannelSettings;
import dev.whence.analysis.notification.channel.Channels;
import dev.whence.analysis.notification.delivery.ChannelDesk;
import dev.whence.analysis.notification.outbound.Receipt;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The channels of a project. */
@RestController
@RequestMapping("/api/notifications")
@Tag(name = "Notifications", description = "Channels, routes, maintenance windows and the delivery log")
class ChannelController {

	private final Channels channels;

	private final ChannelDesk desk;

	private final NotificationQueries queries;

	private final OutboundGuard addresses;

	private final ObjectProvider<JavaMailSender> mail;

	private final InstantSource clock;

	ChannelController(Channels channels, ChannelDesk desk, NotificationQueries queries, OutboundGuard addresses,
			ObjectProvider<JavaMailSender> mail, InstantSource clock) {
		this.channels = channels;
		this.desk = desk;
		this.queries = queries;
		this.addresses = addresses;
		this.mail = mail;
		this.clock = clock;
	}

	@GetMapping("/channels")
	@Operation(summary = "The channels of the project, by name")
	Items<ChannelView> list(ProjectId project) {
		return new Items<>(this.queries.channels(project, null));
	}

	@GetMapping("/channels/{id}")
	@Operation(summary = "One channel")
	ChannelView get(ProjectId project, @PathVariable String id) {
		return view(project, Ids.parse(id, "Channel"));
	}

	@PostMapping("/channels")
	@Operation(summary = "Create a channel",
			description = "Which fields it needs depends on its kind. The secret of a webhook is made when it is left out, "
					+ "and shown in this answer alone.")
	ResponseEntity<ChannelView> create(ProjectId project, @Valid @RequestBody ChannelBody body) {
		ChannelKind kind = body.parsedKind();
		if (kind == ChannelKind.EMAIL && this.mail.getIfAvailable() == null) {
			throw new ProblemException(ProblemCode.CONFLICT, "No mail server is configured: set SPRING_MAIL_HOST");
		}
		ChannelSettings settings = body.settings(this.addresses, null);
		Channel channel = channel(UUID.randomUUID(), project, body, kind, settings);
		unlessTaken(body.name(), () -> this.channels.add(channel));
		boolean made = settings instanceof ChannelSettings.Webhook && body.secret() == null;
		return ResponseEntity.created(URI.create("/api/notifications/channels/" + channel.id()))
			.cacheControl(CacheControl.noStore())
			.body(view(project, channel.id()).withSecret(made ? ((ChannelSettings.Webhook) settings).secret() : null));
	}

	@PostMapping("/webhooks")
	@Operation(summary = "Create a webhook", description = "Short for a channel of that kind.")
	ResponseEntity<ChannelView> createWebhook(ProjectId project, @Valid @RequestBody WebhookBody body) {
		String name = (body.name() != null) ? body.name() : "webhook " + UUID.randomUUID();
		return create(project, new ChannelBody(name, ChannelKind.WEBHOOK.wireName(), true, body.url(), body.secret(),
				null, null, null));
	}

	@PutMapping("/channels/{id}")
	@Operation(summary = "Change a channel",
			description = "Its kind cannot change. What is left out of the address and the secrets stays as it is.")
	ChannelView change(ProjectId project, @PathVariable String id, @Valid @RequestBody ChannelBody body) {
		Channel before = find(project, id);
		if (body.parsedKind() != before.kind()) {
			throw Invalid.field("kind", "cannot change");
		}
		Channel changed = channel(before.id(), project, body, before.kind(),
				body.settings(this.addresses, before.settings()));
		unlessTaken(body.name(), () -> this.desk.change(changed));
		return view(project, before.id());
	}

	@DeleteMapping("/channels/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a channel and the routes to it", description = "Its log stays.")
	void delete(ProjectId project, @PathVariable String id) {
		if (!this.desk.delete(project, Ids.parse(id, "Channel"))) {
			throw Ids.unknown("Channel");
		}
	}

	@PostMapping("/channels/{id}/test")
	@Operation(summary = "Send a test message",
			description = "Answers what the target said, in any case with 200. Tried once, and whatever windows and limits say.")
	Tested test(ProjectId project, @PathVariable String id) {
		ChannelDesk.TestResult result = this.desk.test(find(project, id));
		Receipt receipt = result.receipt();
		return new Tested(result.delivery(), (receipt instanceof Receipt.Sent) ? "sent" : "failed", receipt.status(),
				receipt.detail(), receipt.response(), result.took().toMillis());
	}

	private Channel find(ProjectId project, String id) {
		return this.channels.find(project, Ids.parse(id, "Channel")).orElseThrow(() -> Ids.unknown("Channel"));
	}

	private ChannelView view(ProjectId project, UUID id) {
		List<ChannelView> found = this.queries.channels(project, id);
		if (found.isEmpty()) {
			throw Ids.unknown("Channel");
		}
		return found.getFirst();
	}

	private Channel channel(UUID id, ProjectId project, ChannelBody body, ChannelKind kind, ChannelSettings settings) {
		ChannelBody.RateLimit rate = (body.rateLimit() != null) ? body.rateLimit() : ChannelBody.RateLimit.DEFAULT;
		return new Channel(id, project, body.name().strip(), kind, body.isEnabled(), settings, rate.messages(),
				rate.period(), this.clock.instant(), this.clock.instant());
	}

	private static void unlessTaken(String name, Runnable write) {
		try {
			write.run();
		}
		catch (DuplicateKeyException _) {
			throw new ProblemException(ProblemCode.CONFLICT, "There is a channel named '" + name.strip() + "' already");
		}
	}

	record WebhookBody(@NotBlank @Size(max = 2000) String url, @Size(min = 1, max = 100) @Nullable String name,
			@Size(min = 16, max = 200) @Nullable String secret) {
	}

	record Tested(@JsonProperty("delivery_id") UUID deliveryId, String outcome, @Nullable Integer status, String detail,
			@Nullable String response, @JsonProperty("took_ms") long tookMs) {
	}

}
