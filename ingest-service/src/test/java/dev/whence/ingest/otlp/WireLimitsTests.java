package dev.whence.ingest.otlp;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.whence.ingest.intake.Received;
import dev.whence.ingest.intake.RecordLimits;
import dev.whence.ingest.intake.TestLimits;
import dev.whence.model.ProblemException;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is too much of something is refused by itself, its neighbours are kept. */
class WireLimitsTests {

	private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

	private static final long TIME = 1_768_784_524_123_456_789L;

	private static final String LONG_NAME = "n".repeat(RecordLimits.NAME_LENGTH + 1);

	private static final String LONG_KEY = "k".repeat(RecordLimits.KEY_LENGTH + 1);

	@ParameterizedTest
	@MethodSource
	void aLogBeyondALimitIsRefusedAlone(Consumer<LogRecord.Builder> change, String reason) {
		LogRecord.Builder bad = log("bad");
		change.accept(bad);
		Decoded decoded = decode(logs(log("good 1"), bad, log("good 2")));
		assertThat(decoded.reason()).startsWith(reason);
		assertThat(decoded.rejected()).isEqualTo(1);
		assertThat(signals(decoded)).extracting((log) -> ((dev.whence.model.LogRecord) log).message())
			.containsExactly("good 1", "good 2");
	}

	static Stream<Arguments> aLogBeyondALimitIsRefusedAlone() {
		AnyValue nested = AnyValue.newBuilder()
			.setKvlistValue(KeyValueList.newBuilder().addValues(pair(LONG_KEY, text("v"))))
			.build();
		AnyValue many = AnyValue.newBuilder()
			.setArrayValue(ArrayValue.newBuilder()
				.addAllValues(Collections.nCopies(RecordLimits.VALUES, AnyValue.getDefaultInstance())))
			.build();
		return Stream.of(change((log) -> log.setSeverityText(LONG_NAME), "severity_text may have 1024 characters"),
				change((log) -> log.addAttributes(pair(LONG_KEY, text("v"))),
						"attributes: a key may have 512 characters"),
				change((log) -> log.addAttributes(pair("k".repeat(60_000), text("v"))), "attributes: a key"),
				change((log) -> log.addAttributes(pair("ü".repeat(513), text("v"))), "attributes: a key"),
				change((log) -> log.addAttributes(pair("a", nested)), "attributes: a key"),
				change((log) -> log.setBody(nested), "body: a key"),
				change((log) -> log.addAttributes(pair("a", many)), "a record may have 40000 values"),
				change((log) -> log.setTimeUnixNano(-1), "time_unix_nano is after the year 2262"),
				change((log) -> log.setTimeUnixNano(0).setObservedTimeUnixNano(Long.MIN_VALUE),
						"observed_time_unix_nano is after"),
				change((log) -> log.addAttributes(pair("log.record.uid", text(LONG_NAME))), "log.record.uid may have"));
	}

	@Test
	void whatIsJustWithinTheLimitsIsTaken() {
		Decoded decoded = decode(logs(log("good").setSeverityText("ü".repeat(RecordLimits.NAME_LENGTH))
			.addAttributes(pair("ü".repeat(RecordLimits.KEY_LENGTH), text("v")))));
		assertThat(decoded.reason()).isEmpty();
		assertThat(signals(decoded).getFirst().attributes()).containsEntry("ü".repeat(RecordLimits.KEY_LENGTH), "v");
	}

	@ParameterizedTest
	@MethodSource
	void aSpanBeyondALimitIsRefusedAlone(Consumer<Span.Builder> change, String reason) {
		Span.Builder bad = span("bad");
		change.accept(bad);
		ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
		request.addResourceSpansBuilder()
			.addScopeSpansBuilder()
			.addSpans(span("good 1"))
			.addSpans(bad)
			.addSpans(span("good 2"));
		Decoded decoded = decode(SignalType.TRACE, request.build().toByteArray());
		assertThat(decoded.reason()).startsWith(reason);
		assertThat(decoded.rejected()).isEqualTo(1);
		assertThat(signals(decoded)).extracting((span) -> ((dev.whence.model.Span) span).name())
			.containsExactly("good 1", "good 2");
	}

	static Stream<Arguments> aSpanBeyondALimitIsRefusedAlone() {
		KeyValue attribute = pair(LONG_KEY, text("v"));
		return Stream.<Map.Entry<Consumer<Span.Builder>, String>>of(
				Map.entry((span) -> span.setName(LONG_NAME), "name may have 1024 characters"),
				Map.entry((span) -> span.addAttributes(attribute), "attributes: a key"),
				Map.entry((span) -> span.addEventsBuilder().addAttributes(attribute), "events: a key"),
				Map.entry((span) -> span.addLinksBuilder().addAttributes(attribute), "links: a key"),
				Map.entry(
						(span) -> Collections.nCopies(RecordLimits.VALUES + 1, 0)
							.forEach((_) -> span.addEvents(Span.Event.getDefaultInstance())),
						"a record may have 40000 values"),
				Map.entry((span) -> span.setStartTimeUnixNano(-2), "start_time_unix_nano is after the year 2262"),
				Map.entry((span) -> span.setEndTimeUnixNano(-2), "end_time_unix_nano is after the year 2262"))
			.map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	@ParameterizedTest
	@MethodSource
	void aMetricBeyondALimitIsRefusedAlone(Consumer<Metric.Builder> change, String reason) {
		Metric.Builder bad = gauge("bad");
		change.accept(bad);
		ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
		request.addResourceMetricsBuilder()
			.addScopeMetricsBuilder()
			.addMetrics(gauge("good 1"))
			.addMetrics(bad)
			.addMetrics(gauge("good 2"));
		Decoded decoded = decode(SignalType.METRIC, request.build().toByteArray());
		assertThat(decoded.reason()).startsWith(reason);
		assertThat(decoded.rejected()).isEqualTo(1);
		assertThat(signals(decoded)).extracting((point) -> ((dev.whence.model.MetricPoint) point).name())
			.containsExactly("good 1", "good 2");
	}

	static Stream<Arguments> aMetricBeyondALimitIsRefusedAlone() {
		KeyValue attribute = pair(LONG_KEY, text("v"));
		return Stream.<Map.Entry<Consumer<Metric.Builder>, String>>of(
				Map.entry((metric) -> metric.setName(LONG_NAME), "the name of a metric may have 1024 characters"),
				Map.entry((metric) -> metric.setUnit(LONG_NAME), "the unit of a metric may have 1024 characters"),
				Map.entry((metric) -> metric.setDescription("d".repeat(RecordLimits.SHARED_BYTES)),
						"the description of a metric may have 65536 bytes"),
				Map.entry((metric) -> metric.addMetadata(attribute), "metadata: a key"),
				Map.entry((metric) -> metric.getGaugeBuilder().getDataPointsBuilder(0).addAttributes(attribute),
						"attributes: a key"),
				Map.entry((metric) -> metric.getGaugeBuilder()
					.getDataPointsBuilder(0)
					.addExemplarsBuilder()
					.addFilteredAttributes(attribute), "exemplars: a key"),
				Map.entry((metric) -> metric.getGaugeBuilder().getDataPointsBuilder(0).setTimeUnixNano(-1),
						"time_unix_nano is after the year 2262"))
			.map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	@ParameterizedTest
	@MethodSource
	void theRecordsOfAnEnvelopeBeyondALimitAreRefusedAndThoseOfOthersKept(Consumer<ResourceLogs.Builder> change,
			String reason) {
		ExportLogsServiceRequest.Builder request = logs(log("good 1")).toBuilder();
		ResourceLogs.Builder bad = request.addResourceLogsBuilder();
		bad.addScopeLogsBuilder().addLogRecords(log("bad 1")).addLogRecords(log("bad 2"));
		change.accept(bad);
		request.addAllResourceLogs(logs(log("good 2")).getResourceLogsList());
		Decoded decoded = decode(request.build());
		assertThat(decoded.reason()).startsWith(reason);
		assertThat(decoded.rejected()).isEqualTo(2);
		assertThat(signals(decoded)).extracting((log) -> ((dev.whence.model.LogRecord) log).message())
			.containsExactly("good 1", "good 2");
	}

	static Stream<Arguments> theRecordsOfAnEnvelopeBeyondALimitAreRefusedAndThoseOfOthersKept() {
		AnyValue large = text("x".repeat(RecordLimits.SHARED_BYTES));
		// Within the limit on the wire, and beyond it with its escapes.
		AnyValue escaped = text("\u0001".repeat(RecordLimits.SHARED_BYTES / 4));
		return Stream.<Map.Entry<Consumer<ResourceLogs.Builder>, String>>of(
				Map.entry((logs) -> logs.getResourceBuilder().addAttributes(pair("service.name", text(LONG_NAME))),
						"service.name may have 512 characters"),
				Map.entry((logs) -> logs.getResourceBuilder().addAttributes(pair(LONG_KEY, text("v"))),
						"resource: a key may have 512 characters"),
				Map.entry((logs) -> logs.getResourceBuilder().addAttributes(pair("a", large)),
						"a resource may have 65536 bytes"),
				Map.entry((logs) -> logs.getResourceBuilder().addAttributes(pair("a", escaped)),
						"a resource may have 65536 bytes"),
				Map.entry((logs) -> logs.setSchemaUrl(large.getStringValue()), "a resource may have 65536 bytes"),
				Map.entry((logs) -> logs.getScopeLogsBuilder(0).getScopeBuilder().addAttributes(pair(LONG_KEY, large)),
						"a scope may have 65536 bytes"),
				Map.entry((logs) -> logs.getScopeLogsBuilder(0).getScopeBuilder().addAttributes(pair("a", escaped)),
						"a scope may have 65536 bytes"),
				Map.entry(
						(logs) -> logs.getScopeLogsBuilder(0).getScopeBuilder().addAttributes(pair(LONG_KEY, text(""))),
						"scope: a key"),
				Map.entry((logs) -> logs.getScopeLogsBuilder(0).setSchemaUrl(large.getStringValue()),
						"a scope may have 65536 bytes"))
			.map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	@Test
	void whatRefusedRecordsShareIsCountedForEachOfThem() {
		ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
		var scope = request.addResourceSpansBuilder().addScopeSpansBuilder();
		scope.getScopeBuilder().setName("x".repeat(60_000));
		// Without ids: each of them is refused.
		scope.addAllSpans(Collections.nCopies(2_000, Span.getDefaultInstance()));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> decode(SignalType.TRACE, request.build().toByteArray()))
			.withMessageContaining("when stored");
	}

	@Test
	void whatIsShownOfARefusedRecordIsItsBeginningAlone() {
		// A control character becomes six in JSON, the first letter makes each two bytes.
		AnyValue text = text("ā" + "\u0001".repeat(1_000_000));
		AnyValue body = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(text)).build();
		byte[] request = logs(
				Collections.nCopies(15, log("").setBody(body).setTimeUnixNano(-1)).toArray(LogRecord.Builder[]::new))
			.toByteArray();
		long before = usedHeap();
		Decoded decoded = decode(SignalType.LOG, request);
		assertThat(usedHeap() - before).as("all messages together would take 180 MB").isLessThan(100_000_000);
		assertThat(decoded.rejected()).isEqualTo(15);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void moreEnvelopesThanAllowedAreRefusedThoughTheyAreEmpty(int depth) {
		byte[] empty = new byte[2 * 1_000_000];
		for (int i = 0; i < empty.length; i += 2) {
			empty[i] = (byte) ((depth == 1) ? 0x0A : 0x12);
		}
		byte[] body = (depth == 1) ? empty
				: ByteString.copyFrom(new byte[] { 0x0A, (byte) 0x80, (byte) 0x89, 0x7A })
					.concat(ByteString.copyFrom(empty))
					.toByteArray();
		for (SignalType type : SignalType.values()) {
			assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> decode(type, body))
				.withMessageContaining("50000 resources, scopes and metrics");
		}
	}

	@Test
	void moreMetricsThanAllowedAreRefusedThoughTheyAreEmpty() {
		ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
		request.addResourceMetricsBuilder()
			.addScopeMetricsBuilder()
			.addAllMetrics(Collections.nCopies(50_000, Metric.getDefaultInstance()));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> decode(SignalType.METRIC, request.build().toByteArray()))
			.withMessageContaining("50000 resources, scopes and metrics");
	}

	@Test
	void equalRecordsThatTheirSenderNamesAreOneAndOthersAreNot() {
		KeyValue uid = pair("log.record.uid", text("01JC0T5"));
		List<Received> received = decode(logs(log("a").addAttributes(uid), log("a").addAttributes(uid),
				log("b").addAttributes(uid), log("a"), log("a")))
			.accepted();
		assertThat(received.subList(0, 3)).allMatch(Received::idFromClient)
			.extracting((one) -> one.signal().signalId())
			.containsOnly(received.getFirst().signal().signalId());
		assertThat(received.get(1).contentHash()).isEqualTo(received.getFirst().contentHash());
		assertThat(received.get(2).contentHash()).isNotEqualTo(received.getFirst().contentHash());
		assertThat(received.subList(3, 5)).noneMatch(Received::idFromClient)
			.extracting((one) -> one.signal().signalId())
			.doesNotHaveDuplicates();
	}

	@Test
	void anEmptyUidNamesNothing() {
		KeyValue uid = pair("log.record.uid", text(""));
		assertThat(decode(logs(log("a").addAttributes(uid), log("b").addAttributes(uid))).accepted())
			.noneMatch(Received::idFromClient)
			.extracting((one) -> one.signal().signalId())
			.doesNotHaveDuplicates();
	}

	@Test
	void allEntitiesOfAResourceAreKept() {
		ExportLogsServiceRequest.Builder request = logs(log("a")).toBuilder();
		request.getResourceLogsBuilder(0)
			.getResourceBuilder()
			.addEntityRefs(EntityRef.newBuilder().setType("service"))
			.addEntityRefs(EntityRef.newBuilder().setType("host"));
		assertThat(signals(decode(request.build())).getFirst().details()).containsEntry("resource_entity_refs",
				List.of("EgdzZXJ2aWNl", "EgRob3N0"));
	}

	@Test
	void numbersWithoutASignStaySo() {
		ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
		request.addResourceMetricsBuilder()
			.addScopeMetricsBuilder()
			.addMetrics(Metric.newBuilder()
				.setName("m")
				.setHistogram(io.opentelemetry.proto.metrics.v1.Histogram.newBuilder()
					.addDataPoints(HistogramDataPoint.newBuilder()
						.setTimeUnixNano(TIME)
						.setStartTimeUnixNano(-1)
						.setCount(Long.MIN_VALUE)
						.setSum(0x1p63)
						.addBucketCounts(-1))));
		var point = (dev.whence.model.MetricPoint) signals(decode(SignalType.METRIC, request.build().toByteArray()))
			.getFirst();
		assertThat(point.details().toString()).contains("start_time_unix_nano=18446744073709551615",
				"count=9223372036854775808", "bucket_counts=[18446744073709551615]");
		assertThat(point.value()).isEqualTo(1);
		Span.Builder span = span("s").addEvents(Span.Event.newBuilder().setTimeUnixNano(-1));
		ExportTraceServiceRequest.Builder traces = ExportTraceServiceRequest.newBuilder();
		traces.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span);
		assertThat(signals(decode(SignalType.TRACE, traces.build().toByteArray())).getFirst().details().toString())
			.contains("time_unix_nano=18446744073709551615");
	}

	@Test
	void theNameOfAMetricCannotPassForItsUnit() {
		UUID one = onlyId(gauge("m\0GAUGE\0u").setUnit(""));
		UUID other = onlyId(gauge("m").setUnit("u\0GAUGE\0"));
		UUID third = onlyId(gauge("m\0GAUGE\0").setUnit("u"));
		assertThat(List.of(one, other, third)).doesNotHaveDuplicates();
	}

	@Test
	void whatIsNotRepeatedOnTheWireIsNotRepeatedInJson() {
		// A megabyte of nothing but dropped_attributes_count.
		byte[] dropped = new byte[RecordLimits.BYTES - 8];
		for (int i = 0; i < dropped.length; i += 2) {
			dropped[i] = 0x38;
			dropped[i + 1] = 1;
		}
		byte[] scope = WireDecodingTests.wrapped(dropped, 0x12);
		Decoded decoded = decode(SignalType.LOG,
				WireDecodingTests.wrapped(WireDecodingTests.wrapped(scope, 0x12), 0x0A));
		assertThat(signals(decoded).getFirst().details()).isEqualTo(Map.of("dropped_attributes_count", 1));
	}

	private static UUID onlyId(Metric.Builder metric) {
		ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
		request.addResourceMetricsBuilder().addScopeMetricsBuilder().addMetrics(metric);
		return signals(decode(SignalType.METRIC, request.build().toByteArray())).getFirst().signalId();
	}

	private static Arguments change(UnaryOperator<LogRecord.Builder> change, String reason) {
		return Arguments.of((Consumer<LogRecord.Builder>) change::apply, reason);
	}

	private static ExportLogsServiceRequest logs(LogRecord.Builder... logs) {
		ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
		var scope = request.addResourceLogsBuilder().addScopeLogsBuilder();
		for (LogRecord.Builder log : logs) {
			scope.addLogRecords(log);
		}
		return request.build();
	}

	private static LogRecord.Builder log(String message) {
		return LogRecord.newBuilder().setTimeUnixNano(TIME).setBody(text(message));
	}

	private static Span.Builder span(String name) {
		return Span.newBuilder()
			.setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
			.setSpanId(ByteString.copyFromUtf8("01234567"))
			.setName(name)
			.setStartTimeUnixNano(TIME)
			.setEndTimeUnixNano(TIME + 1);
	}

	private static Metric.Builder gauge(String name) {
		Metric.Builder metric = Metric.newBuilder().setName(name);
		metric.getGaugeBuilder().addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(TIME).setAsInt(1));
		return metric;
	}

	private static AnyValue text(String text) {
		return AnyValue.newBuilder().setStringValue(text).build();
	}

	private static KeyValue pair(String key, AnyValue value) {
		return KeyValue.newBuilder().setKey(key).setValue(value).build();
	}

	private static Decoded decode(ExportLogsServiceRequest request) {
		return decode(SignalType.LOG, request.toByteArray());
	}

	private static Decoded decode(SignalType type, byte[] body) {
		Decoded decoded = new Decoded(type, TestLimits.byDefault());
		EnvelopeWalk.through(new WireReader(body), decoded, switch (type) {
			case LOG -> new LogDecoder(() -> NOW);
			case TRACE -> new SpanDecoder();
			case METRIC -> new MetricDecoder(() -> NOW);
		});
		return decoded;
	}

	private static long usedHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static List<Signal> signals(Decoded decoded) {
		return decoded.accepted().stream().map(Received::signal).toList();
	}

}
