package dev.whence.ingest.signal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.whence.store.form.EpochNanos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimestampsTests {

	@ParameterizedTest
	@CsvSource({ "2026-01-19T01:02:03Z, 2026-01-19T01:02:03Z", "2026-01-19t01:02:03z, 2026-01-19T01:02:03Z",
			"2026-01-19T01:02:03+00:00, 2026-01-19T01:02:03Z", "2026-01-19T01:02:03+02:00, 2026-01-18T23:02:03Z",
			"2026-01-19T01:02:03-0530, 2026-01-19T06:32:03Z", "2026-01-19T01:02:03+02, 2026-01-18T23:02:03Z",
			"2026-11-21T00:20:14.258263+00:00, 2026-11-21T00:20:14.258263Z",
			"2026-01-19T01:02:03.123456789Z, 2026-01-19T01:02:03.123456789Z",
			"'2026-01-19T01:02:03,5Z', 2026-01-19T01:02:03.5Z", "2026-01-19T01:02Z, 2026-01-19T01:02:00Z",
			"' 2026-01-19T01:02:03Z ', 2026-01-19T01:02:03Z" })
	void anIsoTimeWithAnOffsetIsThatInstant(String text, Instant expected) {
		assertThat(Timestamps.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2026-01-19T01:02:03, 2026-01-19T01:02:03Z", "2026-01-19T01:02:03.5, 2026-01-19T01:02:03.5Z",
			"2026-01-19, 2026-01-19T00:00:00Z" })
	void anIsoTimeWithoutAnOffsetIsUtc(String text, Instant expected) {
		assertThat(Timestamps.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2026-01-19 01:02:03, 2026-01-19T01:02:03Z", "'2026-01-19 01:02:03,123', 2026-01-19T01:02:03.123Z",
			"2026-01-19 01:02:03.000001+00:00, 2026-01-19T01:02:03.000001Z",
			"2026-01-19 01:02:03-05:00, 2026-01-19T06:02:03Z" })
	void pythonsBlankStandsForTheT(String text, Instant expected) {
		assertThat(Timestamps.parse(text)).isEqualTo(expected);
	}

	@Test
	void theCommonFormIsReadAsTheLibraryReadsIt() {
		Random random = new Random(3);
		for (int i = 0; i < 5000; i++) {
			OffsetDateTime time = Instant.ofEpochSecond(random.nextLong(-9_000_000_000L, 9_000_000_000L))
				.plusNanos(random.nextLong(1_000_000_000L))
				.truncatedTo(List.of(ChronoUnit.NANOS, ChronoUnit.MICROS, ChronoUnit.MILLIS, ChronoUnit.SECONDS)
					.get(random.nextInt(4)))
				.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60));
			assertThat(Timestamps.parse(time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))).as("%s", time)
				.isEqualTo(time.toInstant());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-02-30T01:02:03Z", "2026-01-19T24:00:00Z", "2026-01-19T01:60:03Z",
			"2026-01-19T01:02:60Z", "2026-01-19T01:02:03+19:00", "2026-01-19T01:02:03+01:60", "2026-01-19T01:02:03.5.Z",
			"2026-01-19T01:02:03+0a:00", "2026-01-1aT01:02:03Z", "2026-01-19T01:02:03.1234567891Z",
			"2026-13-19T01:02:03Z", "2026-01-19T01:02:03Zx", "2026-01-19T01:02:03+18:01" })
	void whatLooksLikeTheCommonFormAndIsNoTimeIsRefused(String text) {
		assertThat(Timestamps.parse(text)).isNull();
	}

	@Test
	void aNumberIsSecondsSince1970() {
		assertThat(Timestamps.parse(1768784524)).isEqualTo(Instant.ofEpochSecond(1768784524));
		assertThat(Timestamps.parse(0)).isEqualTo(Instant.EPOCH);
		assertThat(Timestamps.parse(-1.5)).isEqualTo(Instant.ofEpochSecond(-2, 500_000_000));
		assertThat(Timestamps.parse("1768784524.25")).isEqualTo(Instant.ofEpochSecond(1768784524, 250_000_000));
		assertThat(Timestamps.parse(1768784524.123456)).isEqualTo(Instant.ofEpochSecond(1768784524, 123_456_000));
	}

	@Test
	void aNumberBeyondTheYear2603IsMilliseconds() {
		assertThat(Timestamps.parse(1768784524258L)).isEqualTo(Instant.ofEpochMilli(1768784524258L));
		assertThat(Timestamps.parse("1768784524258")).isEqualTo(Instant.ofEpochMilli(1768784524258L));
		assertThat(Timestamps.parse(20_000_000_001L)).isEqualTo(Instant.ofEpochMilli(20_000_000_001L));
		assertThat(Timestamps.parse(new BigDecimal("1768784524258.75")))
			.isEqualTo(Instant.ofEpochSecond(1768784524, 258_750_000));
		assertThat(Timestamps.parse(-1768784524258L)).isEqualTo(Instant.ofEpochMilli(-1768784524258L));
	}

	@Test
	void microsecondsAndNanosecondsAreRefusedRatherThanMisread() {
		assertThat(Timestamps.parse(1768784524258263L)).isNull();
		assertThat(Timestamps.parse(1768784524258263123L)).isNull();
		assertThat(Timestamps.parse("1768784524258263123")).isNull();
	}

	@Test
	void theEndsOfTheRangeAreInItAndNothingBeyond() {
		assertThat(Timestamps.parse(EpochNanos.MAX.toString())).isEqualTo(EpochNanos.MAX);
		assertThat(Timestamps.parse(EpochNanos.MIN.toString())).isEqualTo(EpochNanos.MIN);
		assertThat(Timestamps.parse(EpochNanos.MAX.plusNanos(1).toString())).isNull();
		assertThat(Timestamps.parse(EpochNanos.MIN.minusNanos(1).toString())).isNull();
		assertThat(Timestamps.parse("9999-12-31T23:59:59Z")).isNull();
		assertThat(Timestamps.parse("0001-01-01T00:00:00Z")).isNull();
		assertThat(Timestamps.parse(20_000_000_000L)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "soon", "2026-13-01T00:00:00Z", "2026-02-30", "2026-01-19T25:00:00Z",
			"2026-01-19T01:02:03.5.Z", "2026-01-19T01:02:03+02:00+0200", "2026-01-19T01:02:03+25:00", "19.01.2026",
			"2026-01-19T01:02:03Z and more", "2026-01-19  01:02:03", "--1", "1e9", "0x10", "NaN", "Infinity", "１７６８" })
	void nonsenseIsNoTime(String text) {
		assertThat(Timestamps.parse(text)).isNull();
	}

	@Test
	void absurdNumbersAreNoTimeAndCostNothing() {
		assertThat(Timestamps.parse(1e300)).isNull();
		assertThat(Timestamps.parse(-1e300)).isNull();
		assertThat(Timestamps.parse(Long.MIN_VALUE)).isNull();
		assertThat(Timestamps.parse(BigInteger.TEN.pow(1000))).isNull();
		assertThat(Timestamps.parse("9".repeat(100_000))).isNull();
	}

	@Test
	void otherJsonValuesAreNoTime() {
		assertThat(Timestamps.parse(true)).isNull();
		assertThat(Timestamps.parse(List.of(1))).isNull();
		assertThat(Timestamps.parse(Map.of())).isNull();
	}

}
