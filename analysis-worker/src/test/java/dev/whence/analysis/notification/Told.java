package dev.whence.analysis.notification;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.channel.ChannelSettings;
import dev.whence.analysis.notification.message.Cause;
import dev.whence.analysis.notification.message.IncidentFacts;
import dev.whence.analysis.notification.message.Message;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.model.ProjectId;

/** Messages, channels and settings for tests. */
public final class Told {

	public static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

	public static final UUID INCIDENT = UUID.fromString("11111111-2222-4333-8444-555555555555");

	/** Long for a server in this process, even on a busy machine. */
	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private Told() {
	}

	public static NotificationProperties properties(String... allowedNetworks) {
		return properties(URI.create("https://events.example.org/v2/enqueue"), allowedNetworks);
	}

	public static NotificationProperties properties(URI pagerDuty, String... allowedNetworks) {
		return new NotificationProperties(URI.create("https://whence.example.org"),
				Base64.getEncoder().encodeToString(new byte[32]), List.of(allowedNetworks), pagerDuty,
				"whence@example.org", TIMEOUT, TIMEOUT, Duration.ofSeconds(1), Duration.ofHours(24),
				Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(300));
	}

	public static Channel channel(ChannelKind kind, ChannelSettings settings) {
		return new Channel(UUID.randomUUID(), ProjectId.DEFAULT, "on call", kind, true, settings, 30,
				Duration.ofMinutes(10), TIME, TIME);
	}

	public static IncidentFacts incident(String status, String severity) {
		return new IncidentFacts(INCIDENT, "payment: <!channel> declined & lost", status, severity, TIME,
				TIME.plusSeconds(60), List.of("gateway", "payment"), 42, 3,
				"https://whence.example.org/incidents/" + INCIDENT);
	}

	public static Message message(NotificationType type) {
		return message(type, (type == NotificationType.RESOLVED) ? "resolved" : "open");
	}

	public static Message message(NotificationType type, String status) {
		return new Message(UUID.randomUUID(), type, TIME, 1, incident(status, "high"),
				new Cause("LIKELY", "payment", "payment lost its \"charged\" statement",
						"charged missing in 90 % of pay", 72),
				null, (type == NotificationType.ACKNOWLEDGED) ? "ada" : null, null);
	}

}
