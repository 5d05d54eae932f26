package dev.whence.analysis.notification;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are told.
 *
 * @param publicUrl where people open the console; messages link to it
 * @param secretKey 32 bytes in Base64 that seal the channels' secrets; without one no
 * channel can be made
 * @param allowedNetworks addresses that may be called although they are not public, each
 * as CIDR
 * @param pagerDutyEndpoint where PagerDuty takes events
 * @param mailFrom the sender of e-mails
 * @param connectTimeout how long a target may take to accept the connection
 * @param timeout how long a whole call may take, however slowly the target answers
 * @param causeWait how long the first message about an incident waits for its cause,
 * while that is being looked for
 * @param giveUpAfter how long a message is tried
 * @param firstRetry the pause after the first failure; it doubles with each
 * @param longestRetry the longest pause between two tries
 * @param circuitPause how long a target that fails again and again is left alone
 */
@ConfigurationProperties("whence.notification")
public record NotificationProperties(@DefaultValue("http://localhost:8080") URI publicUrl, @Nullable String secretKey,
		@DefaultValue List<String> allowedNetworks,
		@DefaultValue("https://events.pagerduty.com/v2/enqueue") URI pagerDutyEndpoint,
		@DefaultValue("whence@localhost") String mailFrom, @DefaultValue("3s") Duration connectTimeout,
		@DefaultValue("10s") Duration timeout, @DefaultValue("20s") Duration causeWait,
		@DefaultValue("24h") Duration giveUpAfter, @DefaultValue("5s") Duration firstRetry,
		@DefaultValue("1h") Duration longestRetry, @DefaultValue("30s") Duration circuitPause) {

	public NotificationProperties {
		requireHttp("public-url", publicUrl);
		requireHttp("pager-duty-endpoint", pagerDutyEndpoint);
		allowedNetworks = allowedNetworks.stream().map(String::strip).filter((network) -> !network.isEmpty()).toList();
	}

	private static void requireHttp(String name, URI uri) {
		if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
			throw new IllegalArgumentException(
					"whence.notification." + name + " is an http or https address, this one is " + uri);
		}
	}

	/** Leaves the key out, so that no report of the configuration can show it. */
	@Override
	public String toString() {
		return "NotificationProperties[publicUrl=" + this.publicUrl + ", allowedNetworks=" + this.allowedNetworks + "]";
	}

}
