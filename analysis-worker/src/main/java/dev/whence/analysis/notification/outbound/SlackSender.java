package dev.whence.analysis.notification.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.channel.ChannelSettings;
import dev.whence.analysis.notification.message.IncidentFacts;
import dev.whence.analysis.notification.message.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * A Slack incoming webhook: a coloured attachment of blocks, with a plain text beside.
 */
@Component
class SlackSender implements ChannelSender {

	/** Slack's limits for a header and for a section. */
	private static final int MAX_HEADER = 150;

	private static final int MAX_SECTION = 3_000;

	private final OutboundHttp http;

	private final JsonMapper json;

	SlackSender(OutboundHttp http, JsonMapper json) {
		this.http = http;
		this.json = json;
	}

	@Override
	public ChannelKind kind() {
		return ChannelKind.SLACK;
	}

	@Override
	public Receipt send(Channel channel, Message message) {
		ChannelSettings.Slack settings = (ChannelSettings.Slack) channel.settings();
		return this.http.post(settings.url(), this.json.writeValueAsBytes(body(message)), Map.of());
	}

	static Map<String, Object> body(Message message) {
		List<Object> blocks = new ArrayList<>();
		blocks.add(Map.of("type", "header", "text",
				Map.of("type", "plain_text", "text", cut(message.headline(), MAX_HEADER))));
		if (!message.details().isEmpty()) {
			blocks.add(Map.of("type", "section", "text",
					Map.of("type", "mrkdwn", "text", cut(escaped(String.join("\n", message.details())), MAX_SECTION))));
		}
		IncidentFacts incident = message.incident();
		if (incident != null) {
			blocks.add(Map.of("type", "actions", "elements", List.of(Map.of("type", "button", "text",
					Map.of("type", "plain_text", "text", "Open incident"), "url", incident.url()))));
		}
		return Map.of("text", escaped(message.headline()), "attachments",
				List.of(Map.of("color", colour(incident), "blocks", blocks)));
	}

	private static String colour(@Nullable IncidentFacts incident) {
		if (incident == null) {
			return "#888888";
		}
		return incident.isActive() ? switch (incident.severity()) {
			case "critical" -> "#b00020";
			case "high" -> "#e65100";
			case "medium" -> "#f9a825";
			default -> "#1565c0";
		} : "#2e7d32";
	}

	/** Slack reads these three; everything else is text, {@code <!channel>} included. */
	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	private static String cut(String text, int most) {
		if (text.length() <= most) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
		return text.substring(0, end) + "…";
	}

}
