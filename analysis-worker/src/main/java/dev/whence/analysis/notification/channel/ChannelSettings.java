package dev.whence.analysis.notification.channel;

import java.net.URI;
import java.util.List;

/**
 * Where a channel leads and what it needs to get there. Kept sealed, never shown: an
 * address may hold a secret, too.
 */
public sealed interface ChannelSettings {

	/** As many as fit into a line. */
	int SHOWN = 100;

	/** What people may see of it. */
	String target();

	/**
	 * Whence's own webhook.
	 *
	 * @param secret with which messages are signed
	 */
	record Webhook(URI url, String secret) implements ChannelSettings {

		@Override
		public String target() {
			return origin(this.url);
		}

		@Override
		public String toString() {
			return "Webhook[" + target() + "]";
		}

	}

	/** A Slack incoming webhook; its path is the secret. */
	record Slack(URI url) implements ChannelSettings {

		@Override
		public String target() {
			return origin(this.url);
		}

		@Override
		public String toString() {
			return "Slack[" + target() + "]";
		}

	}

	/** A PagerDuty integration. */
	record PagerDuty(String routingKey) implements ChannelSettings {

		@Override
		public String target() {
			return "PagerDuty …" + this.routingKey.substring(Math.max(0, this.routingKey.length() - 4));
		}

		@Override
		public String toString() {
			return "PagerDuty[" + target() + "]";
		}

	}

	/** Mailboxes. */
	record Email(List<String> recipients) implements ChannelSettings {

		@Override
		public String target() {
			String all = String.join(", ", this.recipients);
			return (all.length() > SHOWN) ? all.substring(0, SHOWN) + "…" : all;
		}

	}

	/** What takes an Alertmanager's webhooks. */
	record Alertmanager(URI url) implements ChannelSettings {

		@Override
		public String target() {
			return origin(this.url);
		}

		@Override
		public String toString() {
			return "Alertmanager[" + target() + "]";
		}

	}

	private static String origin(URI url) {
		return url.getScheme() + "://" + url.getRawAuthority() + "/…";
	}

}
