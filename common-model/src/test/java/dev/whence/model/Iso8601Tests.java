package dev.whence.model;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Iso8601Tests {

	@Test
	void whateverJavaPrintsIsReadAsTheSameInstant() {
		Random random = new Random(8601);
		for (int i = 0; i < 20_000; i++) {
			Instant instant = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 200_000_000_000L),
					switch (i % 4) {
						case 0 -> 0;
						case 1 -> random.nextInt(1_000) * 1_000_000L;
						case 2 -> random.nextInt(1_000_000) * 1_000L;
						default -> random.nextInt(1_000_000_000);
					});
			OffsetDateTime time = instant.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-64, 65) * 900));
			assertThat(Iso8601.parse(time.toString())).as(time.toString()).isEqualTo(instant);
			assertThat(Iso8601.parse(instant.toString())).isEqualTo(instant);
			String withoutZone = instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
			assertThat(Iso8601.parse(withoutZone)).as(withoutZone).isEqualTo(instant);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			2026-11-21                       | 2026-11-21T00:00:00Z
			2026-11-21 00:20:14.258          | 2026-11-21T00:20:14.258Z
			2026-11-21 00:20:14,258          | 2026-11-21T00:20:14.258Z
			2026-11-21T00:20:14+0200         | 2026-11-20T22:20:14Z
			2026-11-21T00:20:14+02           | 2026-11-20T22:20:14Z
			2026-11-21t00:20:14z             | 2026-11-21T00:20:14Z
			2026-11-21T00:20Z                | 2026-11-21T00:20:00Z
			""")
	void formsThatClientsWriteAreRead(String text, Instant instant) {
		assertThat(Iso8601.parse(text)).isEqualTo(instant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "now", "2026-02-30T00:00:00Z", "2026-11-21T24:00:01Z", "2026-11-21T00:20:14+99:00",
			"2026-11-21T00:20:14.1234567891Z", "1763684414", "2026-11-21T00:20:1\u0664Z" })
	void whatIsNoTimeIsNone(String text) {
		assertThat(Iso8601.parse(text)).isNull();
	}

}
