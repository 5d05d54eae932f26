package dev.whence.support.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.whence.model.AnalysisRequested;
import dev.whence.model.BuildChanged;
import dev.whence.model.Event;
import dev.whence.model.IncidentChanged;
import dev.whence.model.MinutesTouched;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalsIngested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skyscreamer.jsonassert.JSONAssert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The files below {@code events/} are a promise to older and newer versions. */
class EventCodecTests {

	private static final UUID INCIDENT = UUID.fromString("0198a1b2-0000-7000-8000-0000000000aa");

	static Stream<Event> events() {
		return Stream.of(
				new SignalsIngested(UUID.fromString("0198a1b2-0000-7000-8000-000000000001"),
						Instant.parse("2026-03-01T12:00:00.123456789Z"), ProjectId.DEFAULT,
						new ProblemSubject(ProblemSubject.Kind.TRACE, "req-1a2b3c4d")),
				new MinutesTouched(UUID.fromString("0198a1b2-0000-7000-8000-000000000004"),
						Instant.parse("2026-03-01T12:00:00.500Z"), ProjectId.DEFAULT,
						List.of(Instant.parse("2026-03-01T11:59:00Z"), Instant.parse("2026-03-01T12:00:00Z"))),
				new AnalysisRequested(UUID.fromString("0198a1b2-0000-7000-8000-000000000002"),
						Instant.parse("2026-03-01T12:00:01Z"), ProjectId.DEFAULT, INCIDENT, 3),
				new IncidentChanged(UUID.fromString("0198a1b2-0000-7000-8000-000000000003"),
						Instant.parse("2026-03-01T12:00:02Z"), new ProjectId(7), INCIDENT, 4, "analysed"),
				new BuildChanged(UUID.fromString("0198a1b2-0000-7000-8000-000000000005"),
						Instant.parse("2026-03-01T12:00:03Z"), new ProjectId(7), BuildChanged.BUILD, "build/12",
						"images", "success", "build 12 of sway (fedora-bootc 43, main)", "https://example.org/runs/1"));
	}

	@Test
	void everyKindOfEventHasAGoldenFile() {
		assertThat(events().<Class<?>>map(Event::getClass))
			.containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
	}

	@ParameterizedTest
	@MethodSource("events")
	void goldenFileIsReadBack(Event event) throws IOException {
		assertThat(EventCodec.decode(new WireMessage(event.topic(), event.key(), golden(event)))).isEqualTo(event);
	}

	@ParameterizedTest
	@MethodSource("events")
	void eventIsWrittenAsInTheGoldenFile(Event event) throws Exception {
		WireMessage message = EventCodec.encode(event);
		assertThat(message.topic()).isEqualTo(event.topic());
		assertThat(message.key()).isEqualTo(event.key());
		JSONAssert.assertEquals(golden(event), message.json(), true);
	}

	@ParameterizedTest
	@MethodSource("events")
	void fieldsOfANewerSenderAreIgnored(Event event) throws IOException {
		String newer = golden(event).replaceFirst("\\{", "{ \"addedLater\": { \"deep\": [1, 2] },");
		assertThat(EventCodec.decode(new WireMessage(event.topic(), event.key(), newer))).isEqualTo(event);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "42", "[]", "{", "{}", "{\"eventId\":\"no uuid\"}",
			"{\"eventId\":\"0198a1b2-0000-7000-8000-000000000002\",\"occurredAt\":\"2026-03-01T12:00:01Z\",\"project\":0,"
					+ "\"incidentId\":\"0198a1b2-0000-7000-8000-0000000000aa\",\"incidentVersion\":3}",
			"{\"eventId\":\"0198a1b2-0000-7000-8000-000000000002\",\"occurredAt\":\"2026-03-01T12:00:01Z\",\"project\":1,"
					+ "\"incidentId\":null,\"incidentVersion\":3}",
			"{\"eventId\":\"0198a1b2-0000-7000-8000-000000000002\",\"occurredAt\":\"2026-03-01T12:00:01Z\",\"project\":1,"
					+ "\"incidentId\":\"0198a1b2-0000-7000-8000-0000000000aa\"}" })
	void whatIsNoEventIsPoison(String json) {
		WireMessage message = new WireMessage(AnalysisRequested.TOPIC, "key", json);
		assertThatThrownBy(() -> EventCodec.decode(message)).isInstanceOf(PoisonMessageException.class);
	}

	@Test
	void deepNestingIsPoisonAndNotAnError() {
		WireMessage message = new WireMessage(AnalysisRequested.TOPIC, "key",
				"{\"addedLater\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
		assertThatThrownBy(() -> EventCodec.decode(message)).isInstanceOf(PoisonMessageException.class);
	}

	@Test
	void unknownTopicIsPoison() {
		assertThatThrownBy(() -> EventCodec.decode(new WireMessage("signals.ingested.v9", "key", "{}")))
			.isInstanceOf(PoisonMessageException.class)
			.hasMessageContaining("signals.ingested.v9");
	}

	private static String golden(Event event) throws IOException {
		String file = "/events/" + event.topic() + ".json";
		try (InputStream content = EventCodecTests.class.getResourceAsStream(file)) {
			assertThat(content).as(file).isNotNull();
			return new String(content.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
