package dev.whence.xray;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

import dev.whence.xray.IngestServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TransportTests {

	private static final List<byte[]> EVENTS = List.of("{}".getBytes(StandardCharsets.US_ASCII));

	private final IngestServer server = new IngestServer();

	private final XrayClient client = this.server.client().build();

	private final Transport transport = new Transport(this.client.settings());

	@AfterEach
	void stop() {
		this.client.close();
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "7, 7", "0, 0", "-1, 0", "soon, 0", "'', 0", "99999999999999999999, 0" })
	void secondsToWaitAreRead(String header, long seconds) throws InterruptedException {
		this.server.replies(Reply.of(503).retryAfter(header));

		assertThat(post()).isInstanceOfSatisfying(Delivery.Later.class,
				(later) -> assertThat(later.after()).isEqualTo(Duration.ofSeconds(seconds)));
	}

	@Test
	void datesToWaitForAreRead() throws InterruptedException {
		ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
		this.server.replies(Reply.of(429).retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusHours(1))),
				Reply.of(429).retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.minusHours(1))));

		assertThat(post()).isInstanceOfSatisfying(Delivery.Later.class,
				(later) -> assertThat(later.after()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
		assertThat(post()).isInstanceOfSatisfying(Delivery.Later.class,
				(later) -> assertThat(later.after()).isEqualTo(Duration.ZERO));
	}

	@Test
	void anEndlessAnswerIsNotKept() throws InterruptedException {
		this.server.replies(Reply.of(400).body("x".repeat(3_000_000)));

		assertThat(post()).isInstanceOfSatisfying(Delivery.Refused.class,
				(refused) -> assertThat(refused.why()).hasSizeLessThan(300));
	}

	private Delivery post() throws InterruptedException {
		return this.transport.post(EVENTS, Duration.ofSeconds(20));
	}

}
