package dev.whence.analysis.notification.outbound;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.channel.ChannelSettings;
import dev.whence.analysis.notification.message.IncidentFacts;
import dev.whence.analysis.notification.message.Message;
import dev.whence.analysis.notification.message.NotificationType;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * PagerDuty's Events API v2. The incident's id is the dedup key, so that PagerDuty keeps
 * one alert per incident, however often it hears of it.
 */
@Component
class PagerDutySender implements ChannelSender {

	/** PagerDuty's limit. */
	private static final int MAX_SUMMARY = 1_024;

	private final OutboundHttp http;

	private final JsonMapper json;

	private final NotificationProperties properties;

	PagerDutySender(OutboundHttp http, JsonMapper json, NotificationProperties properties) {
		this.http = http;
		this.json = json;
		this.properties = properties;
	}

	@Override
	public ChannelKind kind() {
		return ChannelKind.PAGERDUTY;
	}

	@Override
	public Receipt send(Channel channel, Message message) {
		ChannelSettings.PagerDuty settings = (ChannelSettings.PagerDuty) channel.settings();
		return this.http.post(this.properties.pagerDutyEndpoint(),
				this.json.writeValueAsBytes(body(settings.routingKey(), message)), Map.of());
	}

	static Map<String, Object> body(String routingKey, Message message) {
		IncidentFacts incident = message.incident();
		Map<String, Object> event = new LinkedHashMap<>();
		event.put("routing_key", routingKey);
		event.put("event_action", action(message));
		event.put("dedup_key", (incident != null) ? incident.id().toString() : message.id().toString());
		event.put("payload", payload(message));
		if (incident != null) {
			event.put("links", List.of(Map.of("href", incident.url(), "text", "Open incident")));
			event.put("client_url", incident.url());
		}
		event.put("client", "Whence");
		return event;
	}

	private static Map<String, Object> payload(Message message) {
		IncidentFacts incident = message.incident();
		String headline = message.headline();
		Map<String, Object> payload = new LinkedHashMap<>();
		payload.put("summary", headline.substring(0, Math.min(headline.length(), MAX_SUMMARY)));
		payload.put("source",
				(incident != null && !incident.services().isEmpty()) ? incident.services().getFirst() : "whence");
		payload.put("severity", severity(message));
		payload.put("timestamp", message.time().toString());
		if (message.cause() != null && message.cause().service() != null) {
			payload.put("component", message.cause().service());
		}
		payload.put("class", message.type().wireName());
		payload.put("custom_details",
				Map.of("delivery_id", message.id().toString(), "details", String.join("\n", message.details())));
		return payload;
	}

	// What is over stays over, even when the cause is found later.
	private static String action(Message message) {
		IncidentFacts incident = message.incident();
		if (incident != null && !incident.isActive()) {
			return "resolve";
		}
		return switch (message.type()) {
			case ACKNOWLEDGED -> "acknowledge";
			case RESOLVED, MERGED -> "resolve";
			case OPENED, ESCALATED, CAUSE_FOUND, REGRESSED, SUMMARY, TEST -> "trigger";
		};
	}

	private static String severity(Message message) {
		IncidentFacts incident = message.incident();
		if (incident == null || message.type() == NotificationType.TEST) {
			return "info";
		}
		return switch (incident.severity()) {
			case "critical" -> "critical";
			case "high" -> "error";
			case "medium" -> "warning";
			default -> "info";
		};
	}

}
