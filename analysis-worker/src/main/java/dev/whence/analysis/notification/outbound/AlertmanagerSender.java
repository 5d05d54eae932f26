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
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * What an Alertmanager posts to its webhook receivers, version 4: one group with one
 * alert per incident. Whatever bridges those to somewhere else takes Whence's, too.
 */
@Component
class AlertmanagerSender implements ChannelSender {

	/** An Alertmanager's way to say "not over yet". */
	private static final String NO_END = "0001-01-01T00:00:00Z";

	private final OutboundHttp http;

	private final JsonMapper json;

	private final NotificationProperties properties;

	AlertmanagerSender(OutboundHttp http, JsonMapper json, NotificationProperties properties) {
		this.http = http;
		this.json = json;
		this.properties = properties;
	}

	@Override
	public ChannelKind kind() {
		return ChannelKind.ALERTMANAGER;
	}

	@Override
	public Receipt send(Channel channel, Message message) {
		ChannelSettings.Alertmanager settings = (ChannelSettings.Alertmanager) channel.settings();
		return this.http.post(settings.url(),
				this.json.writeValueAsBytes(body(channel.name(), this.properties.publicUrl().toString(), message)),
				Map.of());
	}

	static Map<String, Object> body(String receiver, String externalUrl, Message message) {
		IncidentFacts incident = message.incident();
		String subject = (incident != null) ? incident.id().toString() : message.id().toString();
		boolean firing = incident == null || incident.isActive();
		Map<String, Object> labels = labels(message, subject);
		Map<String, Object> annotations = Map.of("summary", message.headline(), "description",
				String.join("\n", message.details()));
		Map<String, Object> alert = new LinkedHashMap<>();
		alert.put("status", firing ? "firing" : "resolved");
		alert.put("labels", labels);
		alert.put("annotations", annotations);
		alert.put("startsAt", ((incident != null) ? incident.firstSeen() : message.time()).toString());
		alert.put("endsAt", firing ? NO_END : message.time().toString());
		alert.put("generatorURL", (incident != null) ? incident.url() : externalUrl);
		alert.put("fingerprint", subject.replace("-", "").substring(0, 16));
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("version", "4");
		body.put("groupKey", "{}:{incident_id=\"" + subject + "\"}");
		body.put("truncatedAlerts", 0);
		body.put("status", alert.get("status"));
		body.put("receiver", receiver);
		body.put("groupLabels", Map.of("incident_id", subject));
		body.put("commonLabels", labels);
		body.put("commonAnnotations", annotations);
		body.put("externalURL", externalUrl);
		body.put("alerts", List.of(alert));
		return body;
	}

	private static Map<String, Object> labels(Message message, String subject) {
		IncidentFacts incident = message.incident();
		Map<String, Object> labels = new LinkedHashMap<>();
		labels.put("alertname", (incident != null) ? "WhenceIncident" : "WhenceTest");
		labels.put("incident_id", subject);
		labels.put("project", Integer.toString(message.project()));
		if (incident != null) {
			labels.put("severity", incident.severity());
			labels.put("services", String.join(",", incident.services()));
		}
		if (message.cause() != null && message.cause().service() != null) {
			labels.put("service", message.cause().service());
		}
		return labels;
	}

}
