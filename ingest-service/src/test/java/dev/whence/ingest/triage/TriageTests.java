package dev.whence.ingest.triage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.Problem;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class TriageTests {

	private final Triage triage = new Triage(Severity.MEDIUM);

	@ParameterizedTest
	@ValueSource(strings = { "ERROR", "error", "Error", "err", "SEVERE" })
	void aLogOfAnErrorLevelIsHighInAnySpelling(String level) {
		assertThat(Triage.severity(log(level, "anything"))).isEqualTo(Severity.HIGH);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CRITICAL", "critical", "FATAL", "fatal", "panic", "EMERG" })
	void aLogOfALevelBeyondErrorIsCritical(String level) {
		assertThat(Triage.severity(log(level, "anything"))).isEqualTo(Severity.CRITICAL);
	}

	// What the sources of a log write as text is theirs; the number is OpenTelemetry's.
	@ParameterizedTest
	@CsvSource({ "stderr, 17, HIGH", "E, 20, HIGH", "ERROR, 21, CRITICAL", "stderr, 24, CRITICAL", "stdout, 9, LOW",
			"stderr, 25, LOW", "stderr, -1, LOW", "INFO, 17, LOW", "W, 13, MEDIUM" })
	void theSeverityNumberDecidesWhereTheTextIsTheSendersOwn(String text, long number, Severity severity) {
		LogRecord log = new LogRecord(UUID.randomUUID(), null, null, "db", Instant.EPOCH, text, "it failed", Map.of(),
				Map.of(), Map.of("severity_number", number));
		assertThat(Triage.severity(log)).isEqualTo(severity);
	}

	@ParameterizedTest
	@ValueSource(strings = { "WARN", "warn", "Warning" })
	void aWarningThatSpeaksOfAFailureIsMedium(String level) {
		assertThat(Triage.severity(log(level, "the upload failed, will be tried again"))).isEqualTo(Severity.MEDIUM);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Failure of node 3", "fails", "it will FAIL", "failing over", "critical mass" })
	void aFailureIsFoundInManyForms(String message) {
		assertThat(Triage.severity(log("WARN", message))).isEqualTo(Severity.MEDIUM);
	}

	@ParameterizedTest
	@ValueSource(strings = { "failover complete", "{\"failover\":false}", "failsafe is on", "uncritical", "retrying" })
	void aWordThatOnlyLooksLikeAFailureIsNone(String message) {
		assertThat(Triage.severity(log("WARN", message))).isEqualTo(Severity.LOW);
	}

	@ParameterizedTest
	@ValueSource(strings = { "INFO", "DEBUG", "TRACE", "", "ERRORS", "NOERROR" })
	void noOtherLevelIsAProblemWhateverItSays(String level) {
		assertThat(this.triage.judge(log(level, "Payment failed critically with SomeException"))).isNull();
	}

	@Test
	void attributesAreNotSearchedForWords() {
		LogRecord log = new LogRecord(UUID.randomUUID(), null, null, "db", Instant.EPOCH, "WARN", "switched",
				Map.of("failover", false, "state", "critical"), Map.of(), Map.of());
		assertThat(this.triage.judge(log)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "http_request_latency, 1999.9, LOW", "http_request_latency, 2000, HIGH",
			"HTTP_Latency_Millis, 2000.0001, HIGH", "latency, 1e300, HIGH", "latency, NaN, LOW",
			"latency, Infinity, HIGH", "latency, -2000, LOW", "queue_length, 5000, LOW" })
	void aLatencyCountsFromTwoThousand(String name, double value, Severity severity) {
		assertThat(Triage.severity(point(name, value))).isEqualTo(severity);
	}

	@ParameterizedTest
	@CsvSource({ "ns, 5000, LOW", "ns, 2e9, HIGH", "us, 1999999, LOW", "us, 2e6, HIGH", "ms, 2000, HIGH", "s, 30, HIGH",
			"s, 1.9, LOW", "min, 1, HIGH", "furlongs, 2000, HIGH" })
	void aLatencyIsJudgedInItsUnit(String unit, double value, Severity severity) {
		assertThat(Triage.severity(point("rpc.latency", MetricKind.GAUGE, value, unit))).isEqualTo(severity);
	}

	@ParameterizedTest
	@CsvSource({ "latency_seconds, 3, HIGH", "latency_seconds, 1.5, LOW", "latency_ns, 5000, LOW",
			"latency, 2000, HIGH" })
	void theNameTellsTheUnitOfAMetricWithoutOne(String name, double value, Severity severity) {
		assertThat(Triage.severity(point(name, MetricKind.HISTOGRAM, value, ""))).isEqualTo(severity);
	}

	@Test
	void aCounterOfLatencySamplesIsNoLatency() {
		assertThat(Triage.severity(point("latency_samples_total", MetricKind.SUM, 123_456, "1")))
			.isEqualTo(Severity.LOW);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, SERVER, HIGH", "-, UNSPECIFIED, HIGH", "-, INTERNAL, HIGH",
			"-, CONSUMER, HIGH", "-, CLIENT, HIGH", "-, PRODUCER, MEDIUM", "s1, SERVER, MEDIUM", "s1, CLIENT, MEDIUM" })
	void aFailedSpanIsHighWhereItEnteredTheSystem(@Nullable String parent, SpanKind kind, Severity severity) {
		assertThat(Triage.severity(span(parent, kind, "ERROR"))).isEqualTo(severity);
	}

	@ParameterizedTest
	@CsvSource({ "ERROR, true", "error, true", "STATUS_CODE_ERROR, true", "Failed, true", "OK, false", "UNSET, false",
			"500, false" })
	void aSpanFailedWhenItsStatusSaysSo(String status, boolean failed) {
		assertThat(this.triage.judge(span(null, SpanKind.SERVER, status)) != null).isEqualTo(failed);
	}

	@Test
	void theThresholdDecidesWhatIsAProblem() {
		Span inner = span("s1", SpanKind.SERVER, "ERROR");
		assertThat(new Triage(Severity.MEDIUM).judge(inner)).isNotNull();
		assertThat(new Triage(Severity.HIGH).judge(inner)).isNull();
		assertThat(new Triage(Severity.LOW).judge(log("INFO", "hello"))).isNotNull();
	}

	@Test
	void aProblemPointsToItsSignal() {
		LogRecord log = log("ERROR", "Payment p-17 declined");
		assertThat(judge(log)).isEqualTo(new Problem(log.signalId(), log.type(), log.traceId(), "payment",
				log.timestamp(), Severity.HIGH, judge(log).fingerprint(), "Payment * declined"));
	}

	@Test
	void theSameProblemWithOtherIdsAndNumbersHasTheSameFingerprint() {
		assertThat(fingerprint(log("ERROR", "Payment p-17 of 12.50 EUR declined in 31 ms")))
			.isEqualTo(fingerprint(log("FATAL", "Payment p-9921 of 7 EUR declined in 1204 ms")));
		assertThat(fingerprint(span(null, SpanKind.SERVER, "ERROR")))
			.isEqualTo(fingerprint(span("s9", SpanKind.CLIENT, "failed")));
		assertThat(fingerprint(point("latency", 2000))).isEqualTo(fingerprint(point("latency", 7321.5)));
	}

	@Test
	void anotherStatementServiceOperationOrMetricIsAnotherProblem() {
		assertThat(List.of(fingerprint(log("ERROR", "Payment declined")), fingerprint(log("ERROR", "Payment refused")),
				fingerprint(log("ERROR", "Payment declined", "inventory", Map.of())),
				fingerprint(span(null, SpanKind.SERVER, "ERROR")), fingerprint(point("latency", 2000)),
				fingerprint(point("latency_p99", 2000))))
			.doesNotHaveDuplicates();
	}

	@Test
	void anotherExceptionUnderTheSameMessageIsAnotherProblem() {
		assertThat(fingerprint(
				log("ERROR", "call failed", "payment", Map.of("exception.type", "java.net.ConnectException"))))
			.isNotEqualTo(fingerprint(log("ERROR", "call failed", "payment",
					Map.of("exception.type", "java.lang.NullPointerException"))));
		// The template keeps the first line only; the type may stand further down.
		assertThat(fingerprint(log("ERROR", "call failed\njava.net.ConnectException: refused")))
			.isNotEqualTo(fingerprint(log("ERROR", "call failed\njava.lang.NullPointerException")));
		assertThat(fingerprint(failedWith("java.io.IOException")))
			.isNotEqualTo(fingerprint(failedWith("java.lang.IllegalStateException")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"message": "Order table is locked"}|{"message": "TLS handshake refused"}
			{"err":"disk full","code":28}|{"err":"certificate expired","code":495}
			can't open ledger, won't retry|can't reach mail host, won't retry
			level=error msg="disk full" volume=/data|level=error msg="certificate expired" host=a.example.com
			""")
	void structureAndApostrophesDoNotHideTheFault(String one, String other) {
		assertThat(fingerprint(log("ERROR", one))).isNotEqualTo(fingerprint(log("ERROR", other)));
		assertThat(judge(log("ERROR", one)).title()).isNotEqualTo(judge(log("ERROR", other)).title());
	}

	@Test
	void theTitleOfAStructuredLogIsTheMessageInIt() {
		assertThat(judge(log("ERROR", "{\"ts\":1772359200,\"msg\":\"Order 4711 is \\\"locked\\\"\"}")).title())
			.isEqualTo("Order * is *");
	}

	@Test
	void anExceptionFromAnotherPlaceIsAnotherProblem() {
		assertThat(fingerprint(thrownAt("call failed", "org.example.Pay.charge(Pay.java:12)")))
			.isNotEqualTo(fingerprint(thrownAt("call failed", "org.example.Pay.refund(Pay.java:98)")));
	}

	@Test
	void anExceptionFromOnePlaceIsOneProblemWhateverTheLineAndTheWords() {
		assertThat(fingerprint(thrownAt("Charging ada failed", "org.example.Pay.charge(Pay.java:12)")))
			.isEqualTo(fingerprint(thrownAt("Charging bob failed", "org.example.Pay.charge(Pay.java:19)")));
	}

	private static LogRecord thrownAt(String message, String frame) {
		return log("ERROR",
				message + "\norg.example.DeclinedException: no\n\tat java.base/java.util.List.of(List.java:1)"
						+ "\n\tat " + frame);
	}

	@Test
	void theExceptionOfASpanIsNamedInItsTitle() {
		assertThat(judge(failedWith("java.io.IOException")).title())
			.isEqualTo("POST /pay failed with java.io.IOException");
		assertThat(judge(span(null, SpanKind.SERVER, "ERROR")).title()).isEqualTo("POST /pay failed");
	}

	@Test
	void aTitleIsOneLineOfBoundedLength() {
		assertThat(judge(log("ERROR", "x".repeat(10_000))).title()).hasSize(161).endsWith("x…");
		assertThat(judge(log("ERROR", "\r\n  \nFirst line that says something\nsecond")).title())
			.isEqualTo("First line that says something");
		assertThat(judge(log("ERROR", "")).title()).isEmpty();
	}

	@Test
	void aTitleIsNotCutWithinACharacter() {
		String title = judge(log("ERROR", "x".repeat(159) + "\uD83D\uDE00".repeat(50))).title();
		assertThat(title.codePoints().filter((c) -> c >= 0xD800 && c <= 0xDFFF).count()).isZero();
	}

	// A million characters arrive within the limits of the intake; judging them must stay
	// linear and must not exhaust the stack.
	@ParameterizedTest
	@ValueSource(strings = { "a.", "A$", "Error", "a", "'", "\"x", "9.", "Exceptio" })
	void noMessageIsExpensiveToJudge(String unit) {
		LogRecord log = log("ERROR", unit.repeat(1_000_000 / unit.length()));
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> this.triage.judge(log));
	}

	private Problem judge(Signal signal) {
		Problem problem = this.triage.judge(signal);
		assertThat(problem).isNotNull();
		return problem;
	}

	private String fingerprint(Signal signal) {
		return judge(signal).fingerprint();
	}

	private static LogRecord log(String level, String message) {
		return log(level, message, "payment", Map.of());
	}

	private static LogRecord log(String level, String message, String service,
			Map<String, @Nullable Object> attributes) {
		return new LogRecord(UUID.randomUUID(), new TraceId("t1"), null, service, Instant.EPOCH, level, message,
				attributes, Map.of(), Map.of());
	}

	private static Span span(@Nullable String parent, SpanKind kind, String status) {
		return span(parent, kind, status, Map.of());
	}

	private static Span failedWith(String exception) {
		return span(null, SpanKind.SERVER, "ERROR",
				Map.of("events", List.of(Map.of("name", "retry", "attributes", Map.of()),
						Map.of("name", "exception", "attributes", Map.of("exception.type", exception)))));
	}

	private static Span span(@Nullable String parent, SpanKind kind, String status,
			Map<String, @Nullable Object> details) {
		return new Span(UUID.randomUUID(), new TraceId("t1"), "s2", parent, "payment", "POST /pay", kind, Instant.EPOCH,
				Duration.ofMillis(5), status, null, Map.of(), Map.of(), details);
	}

	private static MetricPoint point(String name, double value) {
		return point(name, MetricKind.GAUGE, value, "ms");
	}

	private static MetricPoint point(String name, MetricKind kind, double value, String unit) {
		return new MetricPoint(UUID.randomUUID(), null, "payment", Instant.EPOCH, name, kind, value, unit, Map.of(),
				Map.of(), Map.of());
	}

}
