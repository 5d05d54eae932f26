package dev.whence.analysis.notification.outbound;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.analysis.notification.Told;
import dev.whence.support.outbound.OutboundGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** What other ends may do to a call, and what becomes of it. */
@Timeout(60)
class OutboundHttpTests {

	@RegisterExtension
	static final WireMockExtension TARGET = WireMockExtension.newInstance()
		.options(WireMockConfiguration.wireMockConfig().dynamicPort())
		.build();

	private final OutboundHttp http = http(Told.properties("127.0.0.0/8", "::1/128"));

	@Test
	void whatIsTakenIsSent() {
		TARGET.stubFor(post("/hook").willReturn(aResponse().withStatus(202).withBody("thanks")));
		assertThat(send()).isEqualTo(new Receipt.Sent(202, "HTTP 202", "thanks"));
		TARGET.verify(postRequestedFor(urlEqualTo("/hook")).withHeader("X-Test", equalTo("1"))
			.withHeader("Content-Type", WireMock.containing("application/json"))
			.withRequestBody(equalTo("{}")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 429, 500, 502, 503, 504 })
	void whatMayPassIsTriedAgain(int status) {
		TARGET.stubFor(post("/hook").willReturn(aResponse().withStatus(status)));
		assertThat(send()).isInstanceOf(Receipt.Failed.class).extracting(Receipt::status).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 410, 413, 422 })
	void whatIsRefusedIsNotTriedAgain(int status) {
		TARGET.stubFor(post("/hook").willReturn(aResponse().withStatus(status).withBody("no_service")));
		assertThat(send()).isEqualTo(new Receipt.Refused(status, "HTTP " + status, "no_service"));
	}

	@Test
	void redirectsAreNotFollowed() {
		TARGET.stubFor(post("/hook")
			.willReturn(aResponse().withStatus(307).withHeader("Location", TARGET.baseUrl() + "/latest/meta-data/")));
		assertThat(send()).isInstanceOf(Receipt.Refused.class).extracting(Receipt::status).isEqualTo(307);
		TARGET.verify(0, WireMock.anyRequestedFor(urlEqualTo("/latest/meta-data/")));
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void brokenConnectionsAreFailuresThatMayPass(Fault fault) {
		TARGET.stubFor(post("/hook").willReturn(aResponse().withFault(fault)));
		assertThat(send()).isInstanceOf(Receipt.Failed.class);
	}

	@Test
	void anAnswerThatDoesNotComeIsNotWaitedForForEver() {
		TARGET.stubFor(post("/hook").willReturn(aResponse().withFixedDelay(20_000)));
		long begun = System.nanoTime();
		assertThat(send()).isInstanceOf(Receipt.Failed.class);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void anAnswerThatDripsIsCutOffAsAWhole() {
		TARGET.stubFor(post("/hook")
			.willReturn(aResponse().withBody("drip".repeat(400)).withChunkedDribbleDelay(100, 20_000)));
		long begun = System.nanoTime();
		assertThat(send()).isEqualTo(Receipt.Failed.because("No answer within 3.0 s"));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void ofAHugeAnswerOnlyTheBeginningIsRead() {
		TARGET.stubFor(post("/hook").willReturn(aResponse().withBody("x".repeat(20_000_000))));
		Receipt receipt = send();
		assertThat(receipt).isInstanceOf(Receipt.Sent.class);
		assertThat(receipt.response()).hasSize(OutboundHttp.MAX_RESPONSE);
		assertThat(send()).as("the connection that was left is not used again").isInstanceOf(Receipt.Sent.class);
	}

	@Test
	void retryAfterIsUnderstoodAsSecondsAndAsADate() {
		TARGET.stubFor(post("/hook").willReturn(aResponse().withStatus(429).withHeader("Retry-After", "7")));
		assertThat(send()).extracting("after").isEqualTo(Duration.ofSeconds(7));
		TARGET.stubFor(post("/hook")
			.willReturn(aResponse().withStatus(503).withHeader("Retry-After", "Sun, 01 Mar 2026 10:02:00 GMT")));
		assertThat(send()).extracting("after").isEqualTo(Duration.ofMinutes(2));
		TARGET.stubFor(post("/hook").willReturn(aResponse().withStatus(503).withHeader("Retry-After", "soon")));
		assertThat(send()).extracting("after").isNull();
		TARGET.stubFor(post("/hook").willReturn(aResponse().withStatus(503).withHeader("Retry-After", "999999999")));
		assertThat(send()).extracting("after").isEqualTo(Duration.ofHours(24));
	}

	@Test
	void nobodyListensIsAFailureThatMayPass() {
		assertThat(this.http.post(URI.create("http://127.0.0.1:1/"), new byte[0], Map.of()))
			.isInstanceOf(Receipt.Failed.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0" })
	void anAddressThatIsNotPublicIsNotEvenConnectedTo(String host) {
		TARGET.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200)));
		Receipt receipt = http(Told.properties()).post(URI.create("http://" + host + ":" + TARGET.getPort() + "/hook"),
				new byte[0], Map.of());
		assertThat(receipt).isEqualTo(Receipt.Refused.because("The address may not be called"));
		TARGET.verify(0, postRequestedFor(anyUrl()));
	}

	private Receipt send() {
		return this.http.post(URI.create("http://127.0.0.1:" + TARGET.getPort() + "/hook"),
				"{}".getBytes(StandardCharsets.UTF_8), Map.of("X-Test", "1"));
	}

	private static OutboundHttp http(NotificationProperties properties) {
		return new OutboundHttp(properties, new OutboundGuard(properties.allowedNetworks()),
				InstantSource.fixed(Told.TIME));
	}

}
