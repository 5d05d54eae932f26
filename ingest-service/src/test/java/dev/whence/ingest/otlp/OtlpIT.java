package dev.whence.ingest.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import dev.whence.testkit.postgres.WithPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** OTLP over HTTP as exporters speak it, on a real PostgreSQL. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,ingest-service", "whence.wire.kind=in-process",
				"whence.security.mode=open", "whence.ingest.intake.max-body=1MB" })
@WithPostgres
class OtlpIT {

	private static final String PROTOBUF = "application/x-protobuf";

	private static final String JSON = "application/json";

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final long TIME = 1_768_784_524_123_456_789L;

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	int port;

	@Autowired
	SignalReader reader;

	@Autowired
	MeterRegistry meters;

	// Every story has a service of its own, by which it finds what it stored.
	String service;

	@BeforeEach
	void nameTheService() {
		this.service = "otlp-" + UUID.randomUUID();
	}

	@Test
	void aLogInProtobufComesBackWhole() throws Exception {
		assertStored(post("/v1/logs", PROTOBUF,
				logs(log((log) -> log.setObservedTimeUnixNano(TIME + 5)
					.setFlags(1)
					.setEventName("payment.declined")
					.setSpanId(bytes("00f067aa0ba902b7"))
					.addAttributes(text("order_id", "o-1"))
					.setDroppedAttributesCount(2))).toByteArray()),
				PROTOBUF);
		LogRecord log = only(LogRecord.class);
		assertThat(log.traceId()).isEqualTo(new TraceId(TRACE));
		assertThat(log.spanId()).isEqualTo("00f067aa0ba902b7");
		assertThat(log.timestamp()).isEqualTo(Instant.ofEpochSecond(1_768_784_524L, 123_456_789));
		assertThat(log.level()).isEqualTo("ERROR");
		assertThat(log.message()).isEqualTo("Payment declined");
		assertThat(log.attributes()).isEqualTo(Map.of("order_id", "o-1"));
		assertThat(log.resource()).isEqualTo(Map.of("service.name", this.service));
		assertThat(log.details()).containsEntry("observed_time_unix_nano", TIME + 5)
			.containsEntry("flags", 1)
			.containsEntry("event_name", "payment.declined")
			.containsEntry("dropped_attributes_count", 2)
			.containsEntry("scope", Map.of("name", "test", "version", "1"));
	}

	@Test
	void aSpanInProtobufComesBackWhole() throws Exception {
		var span = span().setParentSpanId(bytes("1111111111111111"))
			.setTraceState("a=b")
			.setFlags(257)
			.setDroppedEventsCount(3)
			.addEvents(io.opentelemetry.proto.trace.v1.Span.Event.newBuilder()
				.setName("exception")
				.setTimeUnixNano(TIME + 1)
				.addAttributes(text("exception.type", "java.io.IOException")))
			.addLinks(io.opentelemetry.proto.trace.v1.Span.Link.newBuilder()
				.setTraceId(bytes(TRACE))
				.setSpanId(bytes("2222222222222222")));
		assertStored(post("/v1/traces", PROTOBUF, spans(span).toByteArray()), PROTOBUF);
		Span stored = only(Span.class);
		assertThat(stored.spanId()).isEqualTo("00f067aa0ba902b7");
		assertThat(stored.parentSpanId()).isEqualTo("1111111111111111");
		assertThat(stored.kind()).isEqualTo(SpanKind.SERVER);
		assertThat(stored.duration()).hasNanos(5_000_001);
		assertThat(stored.status()).isEqualTo("ERROR");
		assertThat(stored.statusMessage()).isEqualTo("declined");
		assertThat(stored.details()).containsEntry("trace_state", "a=b")
			.containsEntry("flags", 257)
			.containsEntry("dropped_events_count", 3)
			.containsEntry("events",
					List.of(Map.of("name", "exception", "time_unix_nano", TIME + 1, "attributes",
							Map.of("exception.type", "java.io.IOException"))))
			.containsEntry("links",
					List.of(Map.of("trace_id", TRACE, "span_id", "2222222222222222", "attributes", Map.of())));
	}

	@Test
	void theJsonOfExportersIsUnderstood() throws Exception {
		assertStored(post("/v1/traces", JSON, """
				{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
				 "scopeSpans":[{"scope":{"name":"test"},"spans":[{"traceId":"4BF92F3577B34DA6A3CE929D0E0E4736",
				 "spanId":"00f067aa0ba902b7","parentSpanId":"","name":"POST /pay","kind":2,
				 "startTimeUnixNano":"1768784524123456789","endTimeUnixNano":1768784524128456790,
				 "status":{"code":2,"message":"declined"},"somethingNew":{"traceId":7},
				 "attributes":[{"key":"n","value":{"intValue":"42"}},{"key":"d","value":{"doubleValue":"NaN"}}]}]}]}]}
				""".formatted(this.service)), JSON);
		Span span = only(Span.class);
		assertThat(span.traceId()).isEqualTo(new TraceId(TRACE));
		assertThat(span.parentSpanId()).isNull();
		assertThat(span.duration()).hasNanos(5_000_001);
		assertThat(span.kind()).isEqualTo(SpanKind.SERVER);
		assertThat(span.attributes()).isEqualTo(Map.of("n", 42, "d", "NaN"));
		assertThat(this.reader.ofTraces(ProjectId.DEFAULT, List.of(new TraceId(TRACE)), 1000)).contains(span);
	}

	@Test
	void aCharsetBesideTheMediaTypeDoesNotMatter() throws Exception {
		assertStored(post("/v1/logs", "application/json; charset=utf-8", jsonLog("{}")), JSON);
		assertThat(stored()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { PROTOBUF, JSON })
	void gzipIsUnderstood(String type) throws Exception {
		byte[] body = type.equals(JSON) ? jsonLog("{\"stringValue\":\"hi\"}").getBytes(StandardCharsets.UTF_8)
				: logs(log((_) -> {
				})).toByteArray();
		assertStored(send("POST", "/v1/logs", type, gzip(body), "gzip"), type);
		assertThat(stored()).hasSize(1);
	}

	@Test
	void theSameRequestTwiceIsStoredOnceAndIsASuccessBothTimes() throws Exception {
		byte[] body = logs(log((_) -> {
		}), log((log) -> log.setBody(text("other")))).toByteArray();
		assertStored(post("/v1/logs", PROTOBUF, body), PROTOBUF);
		assertStored(post("/v1/logs", PROTOBUF, body), PROTOBUF);
		assertThat(stored()).hasSize(2);
	}

	@Test
	void twentyExportersWithTheSameRequestStoreItOnce() throws Exception {
		byte[] body = spans(span(), span().setSpanId(bytes("3333333333333333"))).toByteArray();
		List<Callable<Answer>> exporters = IntStream.range(0, 20)
			.<Callable<Answer>>mapToObj((_) -> () -> post("/v1/traces", PROTOBUF, body))
			.toList();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var answer : executor.invokeAll(exporters)) {
				assertStored(answer.get(), PROTOBUF);
			}
		}
		assertThat(stored()).hasSize(2);
	}

	@Test
	void twoEqualRecordsOfOneRequestAreBothMeant() throws Exception {
		byte[] body = logs(log((_) -> {
		}), log((_) -> {
		})).toByteArray();
		assertStored(post("/v1/logs", PROTOBUF, body), PROTOBUF);
		assertThat(stored()).hasSize(2);
		assertStored(post("/v1/logs", PROTOBUF, body), PROTOBUF);
		assertThat(stored()).hasSize(2);
	}

	@Test
	void aRetryOfRecordsWithoutAnyTimeIsStoredOnceAllTheSame() throws Exception {
		byte[] untimedLog = logs(log((log) -> log.setTimeUnixNano(0))).toByteArray();
		byte[] untimedPoint = metrics(gauge(NumberDataPoint.newBuilder().setAsInt(1).build()).setName("depth").build())
			.toByteArray();
		Instant before = Instant.now();
		for (int i = 0; i < 2; i++) {
			assertStored(post("/v1/logs", PROTOBUF, untimedLog), PROTOBUF);
			assertStored(post("/v1/metrics", PROTOBUF, untimedPoint), PROTOBUF);
		}
		assertThat(stored()).hasSize(2)
			.allSatisfy((signal) -> assertThat(signal.timestamp()).isBetween(before, Instant.now()));
	}

	@Test
	void aLogWithoutATimeHasTheOneAtWhichItWasObserved() throws Exception {
		post("/v1/logs", PROTOBUF,
				logs(log((log) -> log.setTimeUnixNano(0).setObservedTimeUnixNano(TIME))).toByteArray());
		assertThat(only(LogRecord.class).timestamp()).isEqualTo(Instant.ofEpochSecond(1_768_784_524L, 123_456_789));
	}

	@Test
	void invalidSpansAreCountedAndTheOthersStored() throws Exception {
		Answer answer = post("/v1/traces", PROTOBUF,
				spans(span(), span().setTraceId(ByteString.EMPTY), span().setTraceId(bytes("00".repeat(16))),
						span().setTraceId(bytes("abcd")), span().setSpanId(ByteString.EMPTY),
						span().setSpanId(bytes("00".repeat(8))), span().setStartTimeUnixNano(0).setEndTimeUnixNano(0))
					.toByteArray());
		assertThat(answer.status()).isEqualTo(200);
		var partial = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
		assertThat(partial.getRejectedSpans()).isEqualTo(6);
		assertThat(partial.getErrorMessage()).contains("trace_id");
		assertThat(stored()).hasSize(1);
	}

	@Test
	void aRecordThatItsSenderNamesTwiceIsADuplicateAndAnotherOneAConflict() throws Exception {
		KeyValue uid = text("log.record.uid", UUID.randomUUID().toString());
		double duplicates = count("duplicate");
		double conflicts = count("conflict");
		assertStored(
				post("/v1/logs", PROTOBUF,
						logs(log((log) -> log.addAttributes(uid)), log((log) -> log.addAttributes(uid))).toByteArray()),
				PROTOBUF);
		assertThat(count("duplicate") - duplicates).isEqualTo(1);
		assertThat(count("conflict") - conflicts).isZero();
		assertStored(post("/v1/logs", PROTOBUF,
				logs(log((log) -> log.addAttributes(uid).setBody(text("other")))).toByteArray()), PROTOBUF);
		assertThat(count("conflict") - conflicts).isEqualTo(1);
		assertThat(only(LogRecord.class).message()).isEqualTo("Payment declined");
	}

	@ParameterizedTest
	@ValueSource(strings = { JSON, PROTOBUF })
	void anEndlessKeyCostsItsRecordAndNoReader(String type) throws Exception {
		String key = "k".repeat(60_000);
		Answer answer = type.equals(JSON)
				? post("/v1/logs", JSON,
						jsonLog("{\"kvlistValue\":{\"values\":[{\"key\":\"" + key
								+ "\",\"value\":{\"intValue\":1}}]}}"))
				: post("/v1/logs", PROTOBUF,
						logs(log((log) -> log.addAttributes(text(key, "v"))), log((log) -> log.setSeverityText("INFO")))
							.toByteArray());
		assertThat(answer.status()).isEqualTo(200);
		assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("a key may have 512 characters");
		assertThat(stored()).hasSize(type.equals(JSON) ? 0 : 1);
	}

	@Test
	void aPartialSuccessInJsonSaysItsCountAsAString() throws Exception {
		Answer answer = post("/v1/traces", JSON, """
				{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"lost"}]}]}]}""");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(new JsonMapper().readTree(answer.body()).at("/partialSuccess/rejectedSpans").asString())
			.isEqualTo("1");
	}

	@Test
	void aMetricWithoutANameIsCounted() throws Exception {
		Answer answer = post("/v1/metrics", PROTOBUF,
				metrics(gauge(point(1)).build(), gauge(point(2)).setName("depth").build()).toByteArray());
		assertThat(ExportMetricsServiceResponse.parseFrom(answer.body()).getPartialSuccess().getRejectedDataPoints())
			.isEqualTo(1);
		assertThat(stored()).hasSize(1);
	}

	@Test
	void aLogWithAnInvalidTraceIdIsKeptWithoutIt() throws Exception {
		Answer answer = post("/v1/logs", PROTOBUF, logs(log((log) -> log.setTraceId(bytes("abcd")))).toByteArray());
		assertThat(ExportLogsServiceResponse.parseFrom(answer.body()).hasPartialSuccess()).isFalse();
		assertThat(only(LogRecord.class).traceId()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/logs", "/v1/traces", "/v1/metrics" })
	void anEmptyRequestIsASuccess(String path) throws Exception {
		assertStored(post(path, PROTOBUF, new byte[0]), PROTOBUF);
		assertStored(post(path, JSON, "{}"), JSON);
		String resources = path.equals("/v1/traces") ? "resourceSpans"
				: path.equals("/v1/logs") ? "resourceLogs" : "resourceMetrics";
		assertStored(post(path, JSON, "{\"" + resources + "\":[{},{\"scopeSpans\":[{}],\"unheardOf\":[{}]}]}"), JSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "\"x\"", "{\"resourceLogs\":7}", "{\"resourceLogs\":[7]}",
			"{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":{}}]}]}", "{\"resourceLogs\":[{\"schemaUrl\":7}]}" })
	void jsonThatCannotBeDecodedIsTheSendersMistakeInJson(String body) throws Exception {
		Answer answer = post("/v1/logs", JSON, body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.type()).isEqualTo(JSON);
		var status = new JsonMapper().readTree(answer.body());
		assertThat(status.at("/code").asInt()).isEqualTo(3);
		assertThat(status.at("/message").asString()).isNotBlank();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"attributes\":[{\"key\":\"n\",\"value\":{\"intValue\":18446744073709552000}}]",
			"\"body\":{\"intValue\":1e+21}", "\"body\":{\"bytesValue\":\"?\"}", "\"timeUnixNano\":\"soon\"",
			"\"severityNumber\":\"SEVERITY_NUMBER_ERROR\"", "\"body\":[[7]]", "\"attributes\":{\"a\":1}" })
	void aWrongValueCostsItsOwnRecordAlone(String wrong) throws Exception {
		String good = "{\"timeUnixNano\":\"" + TIME + "\",\"body\":{\"stringValue\":\"good\"}}";
		Answer answer = post("/v1/logs", JSON, """
				{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%1$s"}}]},
				"scopeLogs":[{"logRecords":[%2$s,{"timeUnixNano":"1",%3$s,"body":{"stringValue":"bad"}},%2$s]}]}]}"""
			.formatted(this.service, good, wrong));
		assertThat(answer.status()).isEqualTo(200);
		var partial = new JsonMapper().readTree(answer.body()).at("/partialSuccess");
		assertThat(partial.at("/rejectedLogRecords").asString()).isEqualTo("1");
		assertThat(partial.at("/errorMessage").asString()).startsWith("/resourceLogs/0/scopeLogs/0/logRecords/1/")
			.contains(" must be ");
		assertThat(stored()).hasSize(2);
	}

	@Test
	void aWrongValueOfAResourceOrAScopeCostsTheRecordsThatShareIt() throws Exception {
		String good = "{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"" + this.service
				+ "\"}}]}";
		String bad = "{\"attributes\":[{\"key\":\"n\",\"value\":{\"intValue\":1e30}}]}";
		String record = "{\"timeUnixNano\":\"%d\"}";
		Answer answer = post("/v1/logs", JSON, """
				{"resourceLogs":[{"resource":%1$s,"scopeLogs":[{"logRecords":[%3$s,%3$s]}]},
				{"resource":%2$s,"scopeLogs":[{"logRecords":[%4$s]},{"scope":%1$s,"logRecords":[%3$s]}]}]}"""
			.formatted(bad, good, record.formatted(TIME), record.formatted(TIME + 1)));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(new JsonMapper().readTree(answer.body()).at("/partialSuccess/rejectedLogRecords").asString())
			.isEqualTo("3");
		assertThat(stored()).hasSize(1);
	}

	@Test
	void aWrongValueOfAPointOrAMetricCostsNoOther() throws Exception {
		Answer answer = post("/v1/metrics", JSON, """
				{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%1$s"}}]},
				"scopeMetrics":[{"metrics":[
				{"name":"a","sum":{"dataPoints":[{"timeUnixNano":"%2$d","asInt":18446744073709552000},
				{"timeUnixNano":"%2$d","asInt":1}]}},
				{"name":7,"gauge":{"dataPoints":[{"timeUnixNano":"%2$d","asInt":2}]}},
				{"name":"c","gauge":{"dataPoints":[{"timeUnixNano":"%2$d","asInt":3}]}}]}]}]}""".formatted(this.service,
				TIME));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(new JsonMapper().readTree(answer.body()).at("/partialSuccess/rejectedDataPoints").asString())
			.isEqualTo("2");
		assertThat(stored()).extracting((point) -> ((MetricPoint) point).value()).containsExactlyInAnyOrder(1.0, 3.0);
	}

	@Test
	void whatProtobufSaysInTheFieldOfFaultsIsIgnored() throws Exception {
		UnknownFieldSet fault = UnknownFieldSet.newBuilder()
			.addField(WireReader.FAULT,
					UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("x")).build())
			.build();
		ExportLogsServiceRequest request = logs(log((log) -> log.setUnknownFields(fault)));
		assertStored(post("/v1/logs", PROTOBUF, request.toByteArray()), PROTOBUF);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "/v1/traces | {\"resourceLogs\":[{}]} | /v1/logs takes it",
			"/v1/logs | {\"resourceSpans\":[{}]} | /v1/traces takes it",
			"/v1/traces | {\"resource_spans\":[{}]} | resourceSpans",
			"/v1/logs | {\"resource_spans\":[{}]} | /v1/traces takes it",
			"/v1/traces | {\"resourceSpans\":[{\"instrumentationLibrarySpans\":[{}]}]} | scopeSpans",
			"/v1/traces | {\"resourceSpans\":[{\"scope_spans\":[{}]}]} | scopeSpans",
			"/v1/logs | {\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"trace_id\":\"00\"}]}]}]} | traceId" })
	void whatWasSurelyMeantIsIgnoredWithAWord(String path, String body, String word) throws Exception {
		Answer answer = post(path, JSON, body);
		assertThat(answer.status()).isEqualTo(200);
		var partial = new JsonMapper().readTree(answer.body()).at("/partialSuccess");
		assertThat(partial.at("/errorMessage").asString()).contains("was ignored", word);
		assertThat(partial.has("rejectedSpans")).isFalse();
		assertThat(partial.has("rejectedLogRecords")).isFalse();
	}

	@Test
	void whatIsCutForItsDepthIsToldToTheSenderAndOnTheRecord() throws Exception {
		String deep = "{\"arrayValue\":{\"values\":[".repeat(40) + "{}" + "]}}".repeat(40);
		Answer answer = post("/v1/logs", JSON, jsonLog(deep));
		assertThat(new JsonMapper().readTree(answer.body()).at("/partialSuccess/errorMessage").asString())
			.contains("32 levels");
		assertThat(only(LogRecord.class).details()).containsEntry("cut_below_level", 32);
	}

	@Test
	void protobufThatCannotBeDecodedIsTheSendersMistakeInProtobuf() throws Exception {
		for (byte[] body : List.of("{}".getBytes(StandardCharsets.UTF_8), new byte[] { 0x0A, 0x7F },
				new byte[] { (byte) 0xFF })) {
			Answer answer = post("/v1/logs", PROTOBUF, body);
			assertThat(answer.status()).isEqualTo(400);
			assertRpcStatus(answer, 3);
		}
	}

	@Test
	void aBodyThatIsNotWhatItsEncodingSaysIsTheSendersMistake() throws Exception {
		Answer answer = send("POST", "/v1/logs", PROTOBUF, new byte[] { 1, 2, 3 }, "gzip");
		assertThat(answer.status()).isEqualTo(400);
		assertRpcStatus(answer, 3);
		byte[] cut = gzip(new byte[5000]);
		assertThat(send("POST", "/v1/logs", PROTOBUF, Arrays.copyOf(cut, cut.length - 10), "gzip").status())
			.isEqualTo(400);
	}

	@Test
	void deepNestingIsRefusedOrCutButNeverOurBug() throws Exception {
		String deep = "{\"arrayValue\":{\"values\":[".repeat(5000) + "{}" + "]}}".repeat(5000);
		assertThat(post("/v1/logs", JSON, jsonLog(deep)).status()).isEqualTo(400);
		AnyValue value = AnyValue.newBuilder().setStringValue("bottom").build();
		for (int i = 0; i < 40; i++) {
			value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
		}
		AnyValue nested = value;
		Answer answer = post("/v1/logs", PROTOBUF,
				logs(log((log) -> log.addAttributes(KeyValue.newBuilder().setKey("deep").setValue(nested))))
					.toByteArray());
		assertThat(answer.status()).isEqualTo(200);
		assertThat(ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess()).satisfies((partial) -> {
			assertThat(partial.getRejectedLogRecords()).isZero();
			assertThat(partial.getErrorMessage()).contains("32 levels");
		});
		assertThat(only(LogRecord.class).attributes().toString()).contains("…").doesNotContain("bottom");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense" })
	void anotherContentTypeIsRefused(String type) throws Exception {
		assertThat(post("/v1/logs", type, "{}").status()).isEqualTo(415);
	}

	@Test
	void anotherContentEncodingIsRefused() throws Exception {
		Answer answer = send("POST", "/v1/logs", PROTOBUF, new byte[0], "zstd");
		assertThat(answer.status()).isEqualTo(415);
		assertRpcStatus(answer, 3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "PUT", "DELETE" })
	void anotherMethodIsRefused(String method) throws Exception {
		assertThat(send(method, "/v1/traces", PROTOBUF, new byte[0], null).status()).isEqualTo(405);
	}

	@Test
	void aBodyBeyondTheLimitIsRefusedAlsoWhenItOnlyGrowsToIt() throws Exception {
		assertThat(post("/v1/logs", PROTOBUF, new byte[1024 * 1024 + 1]).status()).isEqualTo(413);
		byte[] bomb = gzip(new byte[20 * 1024 * 1024]);
		assertThat(bomb).hasSizeLessThan(100_000);
		Answer answer = send("POST", "/v1/logs", PROTOBUF, bomb, "gzip");
		assertThat(answer.status()).isEqualTo(413);
		assertRpcStatus(answer, 8);
	}

	@ParameterizedTest
	@CsvSource({ "0, ''", "1, TRACE", "4, TRACE", "5, DEBUG", "9, INFO", "12, INFO", "13, WARN", "17, ERROR",
			"20, ERROR", "21, FATAL", "24, FATAL", "25, ''" })
	void aSeverityNumberStandsForItsLevel(int number, String level) throws Exception {
		post("/v1/logs", PROTOBUF,
				logs(log((log) -> log.setSeverityText("").setSeverityNumberValue(number))).toByteArray());
		assertThat(only(LogRecord.class).level()).isEqualTo(level);
	}

	@Test
	void anErrorIsTriagedWhoeverSendsIt() throws Exception {
		String trace = UUID.randomUUID().toString().replace("-", "");
		post("/v1/logs", PROTOBUF,
				logs(log((log) -> log.setSeverityText("").setSeverityNumberValue(17).setTraceId(bytes(trace))))
					.toByteArray());
		assertThat(this.reader.problems(ProjectId.DEFAULT, new ProblemSubject(ProblemSubject.Kind.TRACE, trace), 10))
			.singleElement()
			.satisfies((problem) -> assertThat(problem.severity()).isEqualTo(Severity.HIGH));
	}

	@Test
	void attributesOfEveryKindComeBack() throws Exception {
		AnyValue nested = AnyValue.newBuilder()
			.setKvlistValue(KeyValueList.newBuilder()
				.addValues(text("k", "v"))
				.addValues(KeyValue.newBuilder()
					.setKey("list")
					.setValue(AnyValue.newBuilder()
						.setArrayValue(ArrayValue.newBuilder()
							.addValues(AnyValue.newBuilder().setIntValue(1))
							.addValues(AnyValue.newBuilder().setBoolValue(true))
							.addValues(AnyValue.getDefaultInstance())))))
			.build();
		post("/v1/logs", PROTOBUF,
				logs(log((log) -> log.setBody(nested)
					.addAttributes(value("bytes", AnyValue.newBuilder().setBytesValue(bytes("00ff10"))))
					.addAttributes(value("big", AnyValue.newBuilder().setIntValue(Long.MAX_VALUE)))
					.addAttributes(value("infinite", AnyValue.newBuilder().setDoubleValue(Double.POSITIVE_INFINITY)))
					.addAttributes(value("nested", nested.toBuilder()))
					.addAttributes(value("dirty", AnyValue.newBuilder().setStringValue("nul \0")))
					.addAttributes(text("twice", "first"))
					.addAttributes(text("twice", "second")))).toByteArray());
		LogRecord log = only(LogRecord.class);
		assertThat(log.message()).isEqualTo("{\"k\":\"v\",\"list\":[1,true,null]}");
		assertThat(log.attributes()).containsEntry("bytes", "AP8Q")
			.containsEntry("big", Long.MAX_VALUE)
			.containsEntry("infinite", "Infinity")
			.containsEntry("dirty", "nul \uFFFD")
			.containsEntry("twice", "second");
		assertThat(log.attributes().get("nested")).isEqualTo(Map.of("k", "v", "list", Arrays.asList(1, true, null)));
	}

	@Test
	void aRecordWithoutAServiceNameBelongsToTheUnknownOne() throws Exception {
		String trace = UUID.randomUUID().toString().replace("-", "");
		post("/v1/traces", PROTOBUF,
				ExportTraceServiceRequest.newBuilder()
					.addResourceSpans(ResourceSpans.newBuilder()
						.addScopeSpans(ScopeSpans.newBuilder().addSpans(span().setTraceId(bytes(trace)))))
					.build()
					.toByteArray());
		assertThat(this.reader.ofTraces(ProjectId.DEFAULT, List.of(new TraceId(trace)), 10)).singleElement()
			.satisfies((span) -> assertThat(span.serviceName()).isEqualTo("unknown_service"));
	}

	@Test
	void gaugesAndSumsKeepTheirNumbers() throws Exception {
		Metric sum = Metric.newBuilder()
			.setName("requests")
			.setUnit("{request}")
			.setDescription("Requests so far")
			.setSum(Sum.newBuilder()
				.setIsMonotonic(true)
				.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
				.addDataPoints(point(7).toBuilder()
					.setStartTimeUnixNano(TIME - 1)
					.addExemplars(Exemplar.newBuilder()
						.setTimeUnixNano(TIME)
						.setAsDouble(0.5)
						.setTraceId(bytes(TRACE))
						.setSpanId(bytes("00f067aa0ba902b7"))
						.addFilteredAttributes(text("user", "ada")))))
			.build();
		Metric gauge = gauge(NumberDataPoint.newBuilder().setTimeUnixNano(TIME + 1).setAsDouble(Double.NaN).build())
			.setName("temperature")
			.build();
		assertStored(post("/v1/metrics", PROTOBUF, metrics(sum, gauge).toByteArray()), PROTOBUF);
		List<Signal> points = stored();
		assertThat(points).hasSize(2);
		assertThat(((MetricPoint) points.getFirst()).value()).isNaN();
		MetricPoint requests = (MetricPoint) points.getLast();
		assertThat(requests.kind()).isEqualTo(MetricKind.SUM);
		assertThat(requests.value()).isEqualTo(7);
		assertThat(requests.unit()).isEqualTo("{request}");
		assertThat(requests.details()).containsEntry("is_monotonic", true)
			.containsEntry("aggregation_temporality", "cumulative")
			.containsEntry("description", "Requests so far")
			.containsEntry("start_time_unix_nano", TIME - 1)
			.containsEntry("exemplars", List.of(Map.of("time_unix_nano", TIME, "value", 0.5, "trace_id", TRACE,
					"span_id", "00f067aa0ba902b7", "attributes", Map.of("user", "ada"))));
	}

	@Test
	void distributionsKeepTheirBucketsAndShowTheirMean() throws Exception {
		Metric histogram = Metric.newBuilder()
			.setName("a.histogram")
			.setHistogram(Histogram.newBuilder()
				.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
				.addDataPoints(HistogramDataPoint.newBuilder()
					.setTimeUnixNano(TIME + 2)
					.setCount(4)
					.setSum(10)
					.setMin(1)
					.setMax(4)
					.addAllBucketCounts(List.of(1L, 3L))
					.addExplicitBounds(1.5)))
			.build();
		Metric exponential = Metric.newBuilder()
			.setName("b.exponential")
			.setExponentialHistogram(ExponentialHistogram.newBuilder()
				.addDataPoints(ExponentialHistogramDataPoint.newBuilder()
					.setTimeUnixNano(TIME + 1)
					.setCount(2)
					.setSum(3)
					.setMin(1)
					.setMax(2)
					.setScale(-1)
					.setZeroCount(1)
					.setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(5).addBucketCounts(1))))
			.build();
		Metric summary = Metric.newBuilder()
			.setName("c.summary")
			.setSummary(Summary.newBuilder()
				.addDataPoints(SummaryDataPoint.newBuilder()
					.setTimeUnixNano(TIME)
					.setCount(0)
					.setSum(0)
					.addQuantileValues(
							SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(Double.NaN))))
			.build();
		assertStored(post("/v1/metrics", PROTOBUF, metrics(histogram, exponential, summary).toByteArray()), PROTOBUF);
		List<Signal> points = stored();
		assertThat(points).extracting((point) -> ((MetricPoint) point).kind())
			.containsExactly(MetricKind.HISTOGRAM, MetricKind.EXPONENTIAL_HISTOGRAM, MetricKind.SUMMARY);
		assertThat(points).extracting((point) -> ((MetricPoint) point).value()).containsExactly(2.5, 1.5, null);
		assertThat(points.get(0).details()).containsEntry("bucket_counts", List.of(1, 3))
			.containsEntry("explicit_bounds", List.of(1.5))
			.containsEntry("min", 1.0)
			.containsEntry("max", 4.0)
			.containsEntry("count", 4)
			.containsEntry("aggregation_temporality", "delta");
		assertThat(points.get(1).details()).containsEntry("scale", -1)
			.containsEntry("zero_count", 1)
			.containsEntry("min", 1.0)
			.containsEntry("max", 2.0)
			.containsEntry("positive", Map.of("offset", 5, "bucket_counts", List.of(1)));
		assertThat(points.get(2).details()).containsEntry("quantiles",
				List.of(Map.of("quantile", 0.99, "value", "NaN")));
	}

	@Test
	void aPointThatSaysThereIsNoValueHasNone() throws Exception {
		int noRecordedValue = 1;
		Metric gauge = gauge(NumberDataPoint.newBuilder().setTimeUnixNano(TIME + 5).setFlags(noRecordedValue).build())
			.setName("marked")
			.build();
		Metric marked = gauge(
				NumberDataPoint.newBuilder().setTimeUnixNano(TIME + 4).setFlags(noRecordedValue).setAsInt(7).build())
			.setName("marked all the same")
			.build();
		Metric empty = gauge(NumberDataPoint.newBuilder().setTimeUnixNano(TIME + 3).build()).setName("empty").build();
		Metric zero = gauge(NumberDataPoint.newBuilder().setTimeUnixNano(TIME + 2).setAsInt(0).build()).setName("zero")
			.build();
		Metric histogram = Metric.newBuilder()
			.setName("marked histogram")
			.setHistogram(Histogram.newBuilder()
				.addDataPoints(HistogramDataPoint.newBuilder().setTimeUnixNano(TIME + 1).setFlags(noRecordedValue)))
			.build();
		Metric unsummed = Metric.newBuilder()
			.setName("histogram without a sum")
			.setHistogram(Histogram.newBuilder()
				.addDataPoints(HistogramDataPoint.newBuilder().setTimeUnixNano(TIME).setCount(4)))
			.build();
		ExportMetricsServiceRequest request = metrics(gauge, marked, empty, zero, histogram, unsummed);
		assertStored(post("/v1/metrics", PROTOBUF, request.toByteArray()), PROTOBUF);
		assertThat(stored()).extracting((point) -> ((MetricPoint) point).value())
			.containsExactly(null, null, null, 0.0, null, null);
	}

	@Test
	void aZeroInJsonIsAValueAndNothingIsNone() throws Exception {
		String points = """
				{"timeUnixNano":"%d","asDouble":0},{"timeUnixNano":"%d","asInt":"0"},{"timeUnixNano":"%d","flags":1},
				{"timeUnixNano":"%d","asDouble":null}""".formatted(TIME + 3, TIME + 2, TIME + 1, TIME);
		assertStored(post("/v1/metrics", JSON, """
				{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
				"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[%s]}}]}]}]}""".formatted(this.service,
				points)), JSON);
		assertThat(stored()).extracting((point) -> ((MetricPoint) point).value()).containsExactly(0.0, 0.0, null, null);
	}

	private double count(String outcome) {
		return this.meters.counter("whence.ingest.signals", "type", "log", "outcome", outcome, "reason", "none")
			.count();
	}

	private void assertStored(Answer answer, String type) {
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.type()).isEqualTo(type);
		assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(type.equals(JSON) ? "{}" : "");
	}

	private static void assertRpcStatus(Answer answer, int code) throws IOException {
		assertThat(answer.type()).isEqualTo(PROTOBUF);
		UnknownFieldSet status = UnknownFieldSet.parseFrom(answer.body());
		assertThat(status.getField(1).getVarintList()).containsExactly((long) code);
		assertThat(status.getField(2).getLengthDelimitedList().getFirst().toStringUtf8()).isNotBlank();
	}

	private Answer post(String path, String type, String body) throws Exception {
		return post(path, type, body.getBytes(StandardCharsets.UTF_8));
	}

	private Answer post(String path, String type, byte[] body) throws Exception {
		return send("POST", path, type, body, null);
	}

	private Answer send(String method, String path, String type, byte[] body, @Nullable String encoding)
			throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Content-Type", type)
			.method(method, HttpRequest.BodyPublishers.ofByteArray(body));
		if (encoding != null) {
			request.header("Content-Encoding", encoding);
		}
		HttpResponse<byte[]> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
		return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
				response.body());
	}

	/** Newest first. */
	private List<Signal> stored() {
		return this.reader.search(ProjectId.DEFAULT, new SignalFilter(null, this.service, null, null, null), 100, 0);
	}

	private <T extends Signal> T only(Class<T> type) {
		List<Signal> signals = stored();
		assertThat(signals).hasSize(1);
		assertThat(signals.getFirst()).isInstanceOf(type);
		return type.cast(signals.getFirst());
	}

	private Resource resource() {
		return Resource.newBuilder().addAttributes(text("service.name", this.service)).build();
	}

	private ExportLogsServiceRequest logs(io.opentelemetry.proto.logs.v1.LogRecord... logs) {
		return ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(ResourceLogs.newBuilder()
				.setResource(resource())
				.addScopeLogs(ScopeLogs.newBuilder()
					.setScope(InstrumentationScope.newBuilder().setName("test").setVersion("1"))
					.addAllLogRecords(List.of(logs))))
			.build();
	}

	private ExportTraceServiceRequest spans(io.opentelemetry.proto.trace.v1.Span.Builder... spans) {
		ScopeSpans.Builder scope = ScopeSpans.newBuilder();
		for (var span : spans) {
			scope.addSpans(span);
		}
		return ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder().setResource(resource()).addScopeSpans(scope))
			.build();
	}

	private ExportMetricsServiceRequest metrics(Metric... metrics) {
		return ExportMetricsServiceRequest.newBuilder()
			.addResourceMetrics(ResourceMetrics.newBuilder()
				.setResource(resource())
				.addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
			.build();
	}

	private String jsonLog(String body) {
		return """
				{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
				 "scopeLogs":[{"logRecords":[{"timeUnixNano":"%d","severityNumber":9,"body":%s}]}]}]}
				""".formatted(this.service, TIME, body);
	}

	private static io.opentelemetry.proto.logs.v1.LogRecord log(
			Consumer<io.opentelemetry.proto.logs.v1.LogRecord.Builder> change) {
		var log = io.opentelemetry.proto.logs.v1.LogRecord.newBuilder()
			.setTimeUnixNano(TIME)
			.setSeverityText("ERROR")
			.setBody(text("Payment declined"))
			.setTraceId(bytes(TRACE));
		change.accept(log);
		return log.build();
	}

	private static io.opentelemetry.proto.trace.v1.Span.Builder span() {
		return io.opentelemetry.proto.trace.v1.Span.newBuilder()
			.setTraceId(bytes(TRACE))
			.setSpanId(bytes("00f067aa0ba902b7"))
			.setName("POST /pay")
			.setKind(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER)
			.setStartTimeUnixNano(TIME)
			.setEndTimeUnixNano(TIME + 5_000_001)
			.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage("declined"));
	}

	private static Metric.Builder gauge(NumberDataPoint point) {
		return Metric.newBuilder().setGauge(Gauge.newBuilder().addDataPoints(point));
	}

	private static NumberDataPoint point(long value) {
		return NumberDataPoint.newBuilder().setTimeUnixNano(TIME).setAsInt(value).build();
	}

	private static AnyValue text(String text) {
		return AnyValue.newBuilder().setStringValue(text).build();
	}

	private static KeyValue text(String key, String text) {
		return value(key, text(text).toBuilder());
	}

	private static KeyValue value(String key, AnyValue.Builder value) {
		return KeyValue.newBuilder().setKey(key).setValue(value).build();
	}

	private static ByteString bytes(String hex) {
		return ByteString.copyFrom(HexFormat.of().parseHex(hex));
	}

	private static byte[] gzip(byte[] bytes) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(bytes);
		}
		return out.toByteArray();
	}

	private record Answer(int status, String type, byte[] body) {
	}

}
