package dev.whence.analysis.notification.channel;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What speaks at the other end. */
public enum ChannelKind {

	/** Whatever reads Whence's own JSON. */
	WEBHOOK(ChannelSettings.Webhook.class, false),

	/** A Slack incoming webhook. */
	SLACK(ChannelSettings.Slack.class, false),

	/** PagerDuty's Events API v2. */
	PAGERDUTY(ChannelSettings.PagerDuty.class, true),

	/** People's mailboxes. */
	EMAIL(ChannelSettings.Email.class, false),

	/** Whatever reads the webhooks of an Alertmanager, version 4. */
	ALERTMANAGER(ChannelSettings.Alertmanager.class, true);

	private final Class<? extends ChannelSettings> settings;

	private final boolean stateful;

	ChannelKind(Class<? extends ChannelSettings> settings, boolean stateful) {
		this.settings = settings;
		this.stateful = stateful;
	}

	/** How the API spells it. */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether the other end keeps the state of each incident itself. It then needs the
	 * newest state of each rather than a summary of many.
	 */
	public boolean isStateful() {
		return this.stateful;
	}

	Class<? extends ChannelSettings> settings() {
		return this.settings;
	}

	/** The kind with this {@link #wireName()}, in any case. */
	public static Optional<ChannelKind> named(String text) {
		return Stream.of(values()).filter((kind) -> kind.wireName().equalsIgnoreCase(text)).findFirst();
	}

}
