package dev.whence.analysis.notification.outbound;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.analysis.notification.Told;
import dev.whence.support.outbound.OutboundGuard;
import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.channel.ChannelSettings;
import dev.whence.analysis.notification.message.Message;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.analysis.notification.message.Summary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

/** What each kind of receiver gets, as it arrives. */
class SenderTests {

	@RegisterExtension
	static final WireMockExtension TARGET = WireMockExtension.newInstance()
		.options(WireMockConfiguration.wireMockConfig().dynamicPort())
		.build();

	private static final String SECRET = "sixteen or more characters";

	private final JsonMapper json = new JsonMapper();

	private final NotificationProperties properties = Told.properties(URI.create(url("/v2/enqueue")), "127.0.0.0/8");

	private final OutboundHttp http = new OutboundHttp(this.properties,
			new OutboundGuard(this.properties.allowedNetworks()), InstantSource.fixed(Told.TIME));

	private final Outbound outbound = new Outbound(
			List.of(new WebhookSender(this.http, this.json, InstantSource.fixed(Told.TIME)),
					new SlackSender(this.http, this.json), new PagerDutySender(this.http, this.json, this.properties),
					new AlertmanagerSender(this.http, this.json, this.properties)));

	@BeforeEach
	void takeEverything() {
		TARGET.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(202)));
	}

	@Test
	void aWebhookGetsTheMessageWithASignatureThatItCanCheck() {
		Message message = Told.message(NotificationType.OPENED);
		LoggedRequest request = sent(
				Told.channel(ChannelKind.WEBHOOK, new ChannelSettings.Webhook(URI.create(url("/hook")), SECRET)),
				message);
		JsonNode body = this.json.readTree(request.getBodyAsString());
		assertThat(body.path("type").stringValue()).isEqualTo("incident.opened");
		assertThat(body.path("id").stringValue()).isEqualTo(message.id().toString())
			.isEqualTo(request.getHeader("X-Delivery-Id"));
		assertThat(body.path("project").intValue()).isEqualTo(1);
		assertThat(body.path("time").stringValue()).isEqualTo("2026-03-01T10:00:00Z");
		JsonNode incident = body.path("incident");
		assertThat(incident.path("signals").intValue()).isEqualTo(42);
		assertThat(incident.path("first_seen").stringValue()).isEqualTo("2026-03-01T10:00:00Z");
		assertThat(incident.path("url").stringValue()).endsWith("/incidents/" + Told.INCIDENT);
		assertThat(body.path("cause").path("verdict").stringValue()).isEqualTo("LIKELY");
		assertThat(body.path("cause").path("evidence").stringValue()).contains("90 %");
		assertThat(request.getHeader("X-Timestamp")).isEqualTo(Long.toString(Told.TIME.getEpochSecond()));
		assertThat(request.getHeader("X-Signature")).isEqualTo("sha256=" + WebhookSender.signature(SECRET,
				request.getHeader("X-Timestamp"), request.getHeader("X-Delivery-Id"), request.getBody()));
	}

	// Computed with openssl, so that a receiver in another language computes the same:
	// printf '1.a.{}' | openssl dgst -sha256 -hmac key
	@Test
	void theSignatureIsAnHmacOverTimeIdAndBody() {
		assertThat(WebhookSender.signature("key", "1", "a", "{}".getBytes(StandardCharsets.UTF_8)))
			.isEqualTo("2feff09a49c6bdbe325c6ba6184fd6c062b2673e7a7540878df8ddd237343792");
	}

	@Test
	void slackGetsBlocksInWhichTelemetryIsOnlyText() {
		LoggedRequest request = sent(
				Told.channel(ChannelKind.SLACK, new ChannelSettings.Slack(URI.create(url("/services/T/B/x")))),
				Told.message(NotificationType.ESCALATED));
		JsonNode body = this.json.readTree(request.getBodyAsString());
		assertThat(body.path("text").stringValue()).contains("&lt;!channel&gt;").doesNotContain("<!channel>");
		JsonNode attachment = body.path("attachments").path(0);
		assertThat(attachment.path("color").stringValue()).isEqualTo("#e65100");
		assertThat(attachment.path("blocks").path(0).path("type").stringValue()).isEqualTo("header");
		assertThat(attachment.path("blocks").path(1).path("text").path("text").stringValue()).contains(
				"Likely cause (LIKELY): payment lost", "Evidence: charged missing", "42 signals in gateway, payment");
		assertThat(attachment.path("blocks").path(2).path("elements").path(0).path("url").stringValue())
			.isEqualTo("https://whence.example.org/incidents/" + Told.INCIDENT);
	}

	@ParameterizedTest
	@CsvSource({ "OPENED,open,trigger", "ESCALATED,open,trigger", "CAUSE_FOUND,open,trigger",
			"CAUSE_FOUND,resolved,resolve", "ACKNOWLEDGED,investigating,acknowledge", "RESOLVED,resolved,resolve",
			"REGRESSED,open,trigger", "MERGED,merged,resolve" })
	void pagerDutyKeepsOneAlertPerIncident(NotificationType type, String status, String action) {
		LoggedRequest request = sent(
				Told.channel(ChannelKind.PAGERDUTY, new ChannelSettings.PagerDuty("0123456789abcdef0123456789abcdef")),
				Told.message(type, status));
		assertThat(request.getUrl()).isEqualTo("/v2/enqueue");
		JsonNode body = this.json.readTree(request.getBodyAsString());
		assertThat(body.path("event_action").stringValue()).isEqualTo(action);
		assertThat(body.path("dedup_key").stringValue()).isEqualTo(Told.INCIDENT.toString());
		assertThat(body.path("routing_key").stringValue()).isEqualTo("0123456789abcdef0123456789abcdef");
		assertThat(body.path("payload").path("severity").stringValue()).isEqualTo("error");
		assertThat(body.path("payload").path("summary").stringValue()).hasSizeLessThanOrEqualTo(1024);
		assertThat(body.path("payload").path("source").stringValue()).isEqualTo("gateway");
		assertThat(body.path("payload").path("component").stringValue()).isEqualTo("payment");
	}

	@ParameterizedTest
	@CsvSource({ "OPENED,firing", "RESOLVED,resolved" })
	void whatReadsAnAlertmanagersWebhooksReadsThese(NotificationType type, String status) {
		LoggedRequest request = sent(
				Told.channel(ChannelKind.ALERTMANAGER, new ChannelSettings.Alertmanager(URI.create(url("/am")))),
				Told.message(type));
		JsonNode body = this.json.readTree(request.getBodyAsString());
		assertThat(body.path("version").stringValue()).isEqualTo("4");
		assertThat(body.path("status").stringValue()).isEqualTo(status);
		assertThat(body.path("groupLabels").path("incident_id").stringValue()).isEqualTo(Told.INCIDENT.toString());
		JsonNode alert = body.path("alerts").path(0);
		assertThat(alert.path("status").stringValue()).isEqualTo(status);
		assertThat(alert.path("labels").path("alertname").stringValue()).isEqualTo("WhenceIncident");
		assertThat(alert.path("labels").path("service").stringValue()).isEqualTo("payment");
		assertThat(alert.path("startsAt").stringValue()).isEqualTo("2026-03-01T10:00:00Z");
		assertThat(alert.path("endsAt").stringValue())
			.isEqualTo("firing".equals(status) ? "0001-01-01T00:00:00Z" : "2026-03-01T10:00:00Z");
		assertThat(alert.path("annotations").path("description").stringValue()).contains("Likely cause");
	}

	@Test
	void aSummaryNamesSomeAndCountsTheRest() {
		UUID id = UUID.randomUUID();
		Message message = new Message(id, NotificationType.SUMMARY, Told.TIME, 1, null, null,
				new Summary("maintenance: upgrade", 41, List.of(new Summary.Line(Told.INCIDENT, "payment: declined",
						"high", "open", NotificationType.OPENED, "https://whence.example.org/incidents/x")), 37),
				null, null);
		LoggedRequest request = sent(
				Told.channel(ChannelKind.SLACK, new ChannelSettings.Slack(URI.create(url("/services/T/B/x")))),
				message);
		assertThat(request.getBodyAsString()).contains("41 messages", "payment: declined", "... and 37 more");
	}

	@Test
	void aTestSaysThatItIsOne() {
		Message message = Message.test(UUID.randomUUID(), Told.TIME, 1);
		LoggedRequest request = sent(
				Told.channel(ChannelKind.WEBHOOK, new ChannelSettings.Webhook(URI.create(url("/hook")), SECRET)),
				message);
		assertThat(request.getBodyAsString()).contains("incident.test", "This is a test message from Whence");
	}

	private LoggedRequest sent(Channel channel, Message message) {
		assertThat(this.outbound.send(channel, message)).isInstanceOf(Receipt.Sent.class);
		return TARGET.findAll(postRequestedFor(anyUrl())).getFirst();
	}

	private static String url(String path) {
		return "http://127.0.0.1:" + TARGET.getPort() + path;
	}

}
