package dev.whence.analysis.notification.outbound;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.channel.ChannelSettings;
import dev.whence.analysis.notification.message.Message;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Whence's own webhook: the message as JSON. The signature covers the time of sending and
 * the delivery's id besides the body, so that a receiver can tell a replay by its age and
 * a repetition by its id.
 */
@Component
class WebhookSender implements ChannelSender {

	static final String SIGNATURE = "X-Signature";

	static final String DELIVERY_ID = "X-Delivery-Id";

	static final String TIMESTAMP = "X-Timestamp";

	private final OutboundHttp http;

	private final JsonMapper json;

	private final InstantSource clock;

	WebhookSender(OutboundHttp http, JsonMapper json, InstantSource clock) {
		this.http = http;
		this.json = json;
		this.clock = clock;
	}

	@Override
	public ChannelKind kind() {
		return ChannelKind.WEBHOOK;
	}

	@Override
	public Receipt send(Channel channel, Message message) {
		ChannelSettings.Webhook settings = (ChannelSettings.Webhook) channel.settings();
		byte[] body = this.json.writeValueAsBytes(message);
		String timestamp = Long.toString(this.clock.instant().getEpochSecond());
		String id = message.id().toString();
		return this.http.post(settings.url(), body, Map.of(TIMESTAMP, timestamp, DELIVERY_ID, id, SIGNATURE,
				"sha256=" + signature(settings.secret(), timestamp, id, body)));
	}

	static String signature(String secret, String timestamp, String id, byte[] body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			mac.update((timestamp + "." + id + ".").getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java knows HmacSHA256", ex);
		}
	}

}
