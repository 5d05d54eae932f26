package dev.whence.analysis.notification.api;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.support.outbound.OutboundGuard;
import dev.whence.support.outbound.RefusedAddressException;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.channel.ChannelSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A channel as somebody wants it. Which of the fields a channel has depends on its kind;
 * those that are left out stay as they are.
 */
record ChannelBody(
		@NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*",
				message = "must not contain control characters") String name,
		@NotBlank String kind, @Nullable Boolean enabled, @Size(max = 2000) @Nullable String url,
		@Size(min = 16, max = 200) @Nullable String secret,
		@JsonProperty("routing_key") @Pattern(regexp = "[A-Za-z0-9]{16,100}",
				message = "is not a routing key") @Nullable String routingKey,
		@Size(min = 1,
				max = 20) @Nullable List<@Pattern(regexp = "[^@\\s,<>\\p{Cntrl}]{1,64}@[^@\\s,<>\\p{Cntrl}]{1,190}",
						message = "is not an e-mail address") String> recipients,
		@JsonProperty("rate_limit") @Valid @Nullable RateLimit rateLimit) {

	private static final SecureRandom RANDOM = new SecureRandom();

	/**
	 * How much a channel takes.
	 *
	 * @param messages in any such period; what is more is summed up
	 */
	record RateLimit(@Min(1) @Max(10_000) int messages,
			@JsonProperty("period_seconds") @Min(1) @Max(86_400) int periodSeconds) {

		/** Three a minute for ten minutes: more than anybody reads. */
		static final RateLimit DEFAULT = new RateLimit(30, 600);

		Duration period() {
			return Duration.ofSeconds(this.periodSeconds);
		}

	}

	ChannelKind parsedKind() {
		return ChannelKind.named(this.kind)
			.orElseThrow(() -> Invalid.field("kind", "is none of webhook, slack, pagerduty, email, alertmanager"));
	}

	boolean isEnabled() {
		return this.enabled == null || this.enabled;
	}

	/**
	 * What the channel needs.
	 * @param before what it had, if it exists
	 */
	ChannelSettings settings(OutboundGuard addresses, @Nullable ChannelSettings before) {
		return switch (parsedKind()) {
			case WEBHOOK -> {
				ChannelSettings.Webhook old = (before instanceof ChannelSettings.Webhook webhook) ? webhook : null;
				yield new ChannelSettings.Webhook(address(addresses, (old != null) ? old.url() : null),
						(this.secret != null) ? this.secret : (old != null) ? old.secret() : newSecret());
			}
			case SLACK -> new ChannelSettings.Slack(
					address(addresses, (before instanceof ChannelSettings.Slack old) ? old.url() : null));
			case ALERTMANAGER -> new ChannelSettings.Alertmanager(
					address(addresses, (before instanceof ChannelSettings.Alertmanager old) ? old.url() : null));
			case PAGERDUTY -> {
				if (this.routingKey != null) {
					yield new ChannelSettings.PagerDuty(this.routingKey);
				}
				yield (before instanceof ChannelSettings.PagerDuty old) ? old : missing("routing_key");
			}
			case EMAIL -> {
				if (this.recipients != null) {
					yield new ChannelSettings.Email(this.recipients);
				}
				yield (before instanceof ChannelSettings.Email old) ? old : missing("recipients");
			}
		};
	}

	private URI address(OutboundGuard addresses, @Nullable URI before) {
		if (this.url == null) {
			return (before != null) ? before : missing("url");
		}
		try {
			return addresses.parse(this.url);
		}
		catch (RefusedAddressException ex) {
			throw Invalid.field("url", ex.reason());
		}
	}

	private static <T> T missing(String field) {
		throw Invalid.field(field, "is required for this kind");
	}

	private static String newSecret() {
		byte[] bytes = new byte[32];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
