package dev.whence.query.page;

import java.time.Instant;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueryParameterTests {

	@ParameterizedTest
	@CsvSource({ "2026-01-19T01:02:03Z, 2026-01-19T01:02:03Z",
			"2026-01-19T01:02:03.123456+00:00, 2026-01-19T01:02:03.123456Z",
			"2026-01-19T01:02:03.123456789Z, 2026-01-19T01:02:03.123456789Z",
			"'2026-01-19T01:02:03,5Z', 2026-01-19T01:02:03.500Z", "2026-01-19T03:02:03+02:00, 2026-01-19T01:02:03Z",
			"2026-01-19T03:02:03 02:00, 2026-01-19T01:02:03Z", "2026-01-19T03:02:03+0200, 2026-01-19T01:02:03Z",
			"2026-01-19t01:02:03z, 2026-01-19T01:02:03Z", "2026-01-19T01:02:03, 2026-01-19T01:02:03Z",
			"2026-01-19 01:02:03, 2026-01-19T01:02:03Z", "2026-01-19 01:02, 2026-01-19T01:02:00Z",
			"2026-01-19 03:02:03.5 0200, 2026-01-19T01:02:03.500Z", "2026-01-19T01:02, 2026-01-19T01:02:00Z",
			"2026-01-19, 2026-01-19T00:00:00Z", "1768784523, 2026-01-19T01:02:03Z",
			"1768784523.25, 2026-01-19T01:02:03.250Z", "1768784523123, 2026-01-19T01:02:03.123Z",
			"-1, 1969-12-31T23:59:59Z", "-0.5, 1969-12-31T23:59:59.500Z" })
	void timeIsReadInEveryFormThatTheOriginalTook(String text, Instant expected) {
		assertThat(QueryParameter.time("start_time", text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "yesterday", "2026-13-01", "2026-02-30T00:00:00Z", "2026-01-19T25:00:00Z", "infinity",
			"1e9", "9999999999999999999", "9999-01-01T00:00:00Z", "0001-01-01", "+1000000-01-01T00:00:00Z", "--",
			"2026-01-19T01:02:03+99:99" })
	void anyOtherTimeIsRefusedByName(String text) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> QueryParameter.time("start_time", text))
			.withMessageContaining("'start_time'")
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_PARAMETER));
	}

	@Test
	void constantIsReadInAnyCase() {
		assertThat(QueryParameter.oneOf(Severity.class, "severity", "hIgH")).isEqualTo(Severity.HIGH);
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> QueryParameter.oneOf(Severity.class, "severity", "worst"))
			.withMessage("The parameter 'severity' is one of low, medium, high, critical");
	}

	@Test
	void emptyParameterIsNoFilter() {
		assertThat(QueryParameter.oneOf(Severity.class, "severity", "")).isNull();
		assertThat(QueryParameter.time("start_time", "")).isNull();
		assertThat(QueryParameter.trace("trace_id", "")).isNull();
		assertThat(QueryParameter.text("service_name", null)).isNull();
	}

	@Test
	void textThatTheDatabaseCannotHoldIsRefused() {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> QueryParameter.text("service_name", "a\0b"));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> QueryParameter.trace("trace_id", "x".repeat(129)));
	}

}
