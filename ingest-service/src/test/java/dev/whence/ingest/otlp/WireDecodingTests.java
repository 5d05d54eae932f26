package dev.whence.ingest.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import dev.whence.ingest.intake.Received;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.ingest.intake.TestLimits;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProblemException;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The decoder against protobuf's own: random requests, read by both, must tell the same;
 * and whatever bytes come, they are read or refused.
 */
class WireDecodingTests {

	private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

	private static final JsonMapper JSON = new JsonMapper();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void logsAreReadAsProtobufReadsThem(long seed) throws IOException {
		ExportLogsServiceRequest request = new RandomRequests(seed).logs();
		List<Signal> signals = signals(decode(SignalType.LOG, request.toByteArray()));
		List<Map<String, @Nullable Object>> expected = new ArrayList<>();
		request.getResourceLogsList().forEach((resource) -> resource.getScopeLogsList().forEach((scope) -> {
			scope.getLogRecordsList().forEach((log) -> {
				Map<String, @Nullable Object> facts = new HashMap<>();
				facts.put("resource", map(resource.getResource().getAttributesList()));
				facts.put("scope", scope.getScope().getName());
				facts.put("resource schema", resource.getSchemaUrl());
				facts.put("scope schema", scope.getSchemaUrl());
				facts.put("attributes", map(log.getAttributesList()));
				// An empty text is as good as none.
				facts.put("body", "".equals(value(log.getBody())) ? null : value(log.getBody()));
				facts.put("time", log.getTimeUnixNano());
				facts.put("observed", log.getObservedTimeUnixNano());
				facts.put("severity", log.getSeverityText() + log.getSeverityNumberValue());
				facts.put("trace", HexFormat.of().formatHex(log.getTraceId().toByteArray()));
				facts.put("flags", Integer.toUnsignedLong(log.getFlags()));
				facts.put("event", log.getEventName());
				facts.put("dropped", Integer.toUnsignedLong(log.getDroppedAttributesCount()));
				expected.add(facts);
			});
		}));
		assertThat(signals).hasSize(expected.size()).isNotEmpty();
		for (int i = 0; i < expected.size(); i++) {
			LogRecord log = (LogRecord) signals.get(i);
			Map<String, @Nullable Object> facts = new HashMap<>();
			facts.put("resource", plain(log.resource()));
			facts.put("scope", at(log, "/scope/name").asString(""));
			facts.put("resource schema", at(log, "/resource_schema_url").asString(""));
			facts.put("scope schema", at(log, "/scope_schema_url").asString(""));
			facts.put("attributes", plain(log.attributes()));
			facts.put("body", body(log));
			facts.put("time",
					log.timestamp().equals(NOW) ? 0L : Duration.between(Instant.EPOCH, log.timestamp()).toNanos());
			facts.put("observed", at(log, "/observed_time_unix_nano").asLong(0));
			facts.put("severity", log.level() + at(log, "/severity_number").asInt(0));
			facts.put("trace", (log.traceId() != null) ? log.traceId().value() : "");
			facts.put("flags", at(log, "/flags").asLong(0));
			facts.put("event", at(log, "/event_name").asString(""));
			facts.put("dropped", at(log, "/dropped_attributes_count").asLong(0));
			assertThat(facts).as("record " + i).isEqualTo(expected.get(i));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13, 14, 15, 16 })
	void spansAreReadAsProtobufReadsThem(long seed) throws IOException {
		ExportTraceServiceRequest request = new RandomRequests(seed).spans();
		List<Signal> signals = signals(decode(SignalType.TRACE, request.toByteArray()));
		List<io.opentelemetry.proto.trace.v1.Span> expected = request.getResourceSpansList()
			.stream()
			.flatMap((resource) -> resource.getScopeSpansList().stream())
			.flatMap((scope) -> scope.getSpansList().stream())
			.toList();
		assertThat(signals).hasSize(expected.size()).isNotEmpty();
		for (int i = 0; i < expected.size(); i++) {
			Span span = (Span) signals.get(i);
			io.opentelemetry.proto.trace.v1.Span sent = expected.get(i);
			assertThat(span.name()).isEqualTo(sent.getName());
			assertThat(span.kind().ordinal()).isEqualTo(sent.getKindValue());
			assertThat(plain(span.attributes())).isEqualTo(map(sent.getAttributesList()));
			assertThat(span.duration().toNanos()).isEqualTo(sent.getEndTimeUnixNano() - sent.getStartTimeUnixNano());
			assertThat(span.status()).isEqualTo(List.of("UNSET", "OK", "ERROR").get(sent.getStatus().getCodeValue()));
			assertThat(at(span, "/trace_state").asString("")).isEqualTo(sent.getTraceState());
			assertThat(at(span, "/flags").asLong(0)).isEqualTo(Integer.toUnsignedLong(sent.getFlags()));
			assertThat(at(span, "/events").size()).isEqualTo(sent.getEventsCount());
			for (int e = 0; e < sent.getEventsCount(); e++) {
				JsonNode event = at(span, "/events/" + e);
				assertThat(event.at("/name").asString("")).isEqualTo(sent.getEvents(e).getName());
				assertThat(event.at("/time_unix_nano").asLong(0)).isEqualTo(sent.getEvents(e).getTimeUnixNano());
				assertThat(plain(event.at("/attributes"))).isEqualTo(map(sent.getEvents(e).getAttributesList()));
			}
			for (int l = 0; l < sent.getLinksCount(); l++) {
				JsonNode link = at(span, "/links/" + l);
				assertThat(link.at("/trace_id").asString("")).isEqualTo(hex(sent.getLinks(l).getTraceId()));
				assertThat(link.at("/trace_state").asString("")).isEqualTo(sent.getLinks(l).getTraceState());
				assertThat(link.at("/flags").asLong(0)).isEqualTo(Integer.toUnsignedLong(sent.getLinks(l).getFlags()));
				assertThat(plain(link.at("/attributes"))).isEqualTo(map(sent.getLinks(l).getAttributesList()));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 21, 22, 23, 24, 25, 26 })
	void bothEncodingsAndAnyOrderOfEnvelopesGiveTheSameSignals(long seed) throws IOException {
		RandomRequests random = new RandomRequests(seed);
		for (Message request : List.of(random.logs(), random.spans(), random.metrics())) {
			SignalType type = random.typeOf(request);
			List<Signal> fromProtobuf = signals(decode(type, request.toByteArray()));
			List<Signal> fromJson = signals(
					decode(type, OtlpEncoding.JSON, otlpJson(request), request.getDescriptorForType()));
			assertThat(fromJson).isEqualTo(fromProtobuf).isNotEmpty();
			assertThat(fromJson).extracting(Signal::signalId)
				.as("so that a retry in the other encoding is a duplicate")
				.isEqualTo(fromProtobuf.stream().map(Signal::signalId).toList());
		}
	}

	@Test
	void everyKindOfMetricKeepsItsNumbers() throws IOException {
		ExportMetricsServiceRequest request = new RandomRequests(99).metrics();
		List<MetricPoint> points = signals(decode(SignalType.METRIC, request.toByteArray())).stream()
			.map(MetricPoint.class::cast)
			.toList();
		assertThat(points).extracting(MetricPoint::kind).containsOnly(MetricKind.values());
		request.getResourceMetricsList()
			.forEach((resource) -> resource.getScopeMetricsList()
				.forEach((scope) -> scope.getMetricsList()
					.stream()
					.filter((metric) -> metric.hasHistogram())
					.forEach((metric) -> metric.getHistogram().getDataPointsList().forEach((sent) -> {
						assertThat(points).anySatisfy((point) -> {
							assertThat(point.name()).isEqualTo(metric.getName());
							assertThat(at(point, "/count").asLong()).isEqualTo(sent.getCount());
							assertThat(texts(at(point, "/bucket_counts")))
								.isEqualTo(sent.getBucketCountsList().stream().map(String::valueOf).toList());
							assertThat(texts(at(point, "/explicit_bounds")))
								.isEqualTo(sent.getExplicitBoundsList().stream().map(String::valueOf).toList());
							assertThat(at(point, "/exemplars").size()).isEqualTo(sent.getExemplarsCount());
							assertThat(at(point, "/metadata/origin").asString("")).isEqualTo("test");
						});
					}))));
	}

	@Test
	void equalRecordsOfARequestHaveTheirOwnIdsAndARetryHasTheSame() throws IOException {
		ExportLogsServiceRequest request = new RandomRequests(5).logs();
		ExportLogsServiceRequest twice = request.toBuilder().addAllResourceLogs(request.getResourceLogsList()).build();
		List<UUID> ids = ids(twice);
		assertThat(ids).doesNotHaveDuplicates().hasSize(2 * ids(request).size());
		assertThat(ids(twice)).isEqualTo(ids);
		assertThat(ids).startsWith(ids(request).toArray(UUID[]::new));
	}

	@Test
	void anyBytesAreReadOrRefused() {
		Random random = new Random(7);
		RandomRequests requests = new RandomRequests(7);
		List<byte[]> seeds = List.of(requests.logs().toByteArray(), requests.spans().toByteArray(),
				requests.metrics().toByteArray());
		int refused = 0;
		for (int i = 0; i < 9_000; i++) {
			byte[] body = seeds.get(i % 3).clone();
			int changes = 1 + random.nextInt(8);
			for (int c = 0; c < changes; c++) {
				body[random.nextInt(body.length)] = (byte) random.nextInt();
			}
			if (random.nextInt(4) == 0) {
				body = Arrays.copyOf(body, random.nextInt(body.length));
			}
			try {
				for (Received received : decode(SignalType.values()[i % 3], body).accepted()) {
					// What was accepted can be looked into.
					received.signal().attributes().size();
					received.signal().details().size();
				}
			}
			catch (MalformedWireException _) {
				refused++;
			}
		}
		assertThat(refused).isBetween(100, 8_900);
	}

	@Test
	void moreRecordsThanAllowedAreRefusedBeforeTheyCostAnything() {
		// Two bytes a record: the body of a log that says nothing.
		byte[] records = new byte[2 * 1_000_000];
		for (int i = 0; i < records.length; i += 2) {
			records[i] = 0x12;
		}
		byte[] body = wrapped(wrapped(records, 0x12), 0x0A);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> decode(SignalType.LOG, body))
			.withMessageContaining("50000 records");
	}

	@Test
	void aLargeResourceOfManyRecordsIsCountedForEachOfThem() {
		ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
		var resource = request.addResourceLogsBuilder();
		resource.getResourceBuilder()
			.addAttributes(KeyValue.newBuilder()
				.setKey("large")
				.setValue(AnyValue.newBuilder().setStringValue("x".repeat(60_000))));
		var scope = resource.addScopeLogsBuilder();
		for (int i = 0; i < 10_000; i++) {
			scope.addLogRecordsBuilder();
		}
		byte[] body = request.build().toByteArray();
		assertThat(body.length).isLessThan(150_000);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> decode(SignalType.LOG, body))
			.withMessageContaining("when stored");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"unknown\":[%s]}",
			"{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"arrayValue\":{\"values\":[%s]}}}]}]}]}" })
	void jsonTakesNoMoreThanAFewTimesItsSize(String request) {
		byte[] body = request.formatted("{},".repeat(1_000_000) + "{}").getBytes(StandardCharsets.UTF_8);
		ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = thread.getCurrentThreadAllocatedBytes();
		decode(SignalType.LOG, OtlpEncoding.JSON, body, ExportLogsServiceRequest.getDescriptor());
		// A tree has about 80 bytes for each of the three here.
		assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(8L * body.length);
	}

	@Test
	void jsonIsTakenInAnyOrderAndOfEqualNamesTheLastCounts() {
		String attribute = "{\"value\":{\"intValue\":\"7\",\"stringValue\":\"v\"},\"key\":\"k\"}";
		String record = "{\"attributes\":[" + attribute + "],\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
				+ "\"body\":{\"stringValue\":\"first\"},\"timeUnixNano\":1,\"timeUnixNano\":\"1768784524000000000\","
				+ "\"droppedAttributesCount\":0,\"unknown\":{\"a\":[1,{}]},\"flags\":null,\"body\":{\"stringValue\":\"m\"}}";
		String json = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + record + "]}]}]}";
		ExportLogsServiceRequest.Builder same = ExportLogsServiceRequest.newBuilder();
		same.addResourceLogsBuilder()
			.addScopeLogsBuilder()
			.addLogRecordsBuilder()
			.setTimeUnixNano(1_768_784_524_000_000_000L)
			.setBody(AnyValue.newBuilder().setStringValue("m"))
			.setTraceId(ByteString.fromHex("4bf92f3577b34da6a3ce929d0e0e4736"))
			.addAttributes(KeyValue.newBuilder().setKey("k").setValue(AnyValue.newBuilder().setStringValue("v")));
		assertThat(signals(decode(SignalType.LOG, OtlpEncoding.JSON, json.getBytes(StandardCharsets.UTF_8),
				ExportLogsServiceRequest.getDescriptor())))
			.isEqualTo(signals(decode(SignalType.LOG, same.build().toByteArray())));
	}

	/** A field of the wire format that has a length. */
	static byte[] wrapped(byte[] content, int tag) {
		var out = new ByteArrayOutputStream();
		out.write(tag);
		int length = content.length;
		while (length > 127) {
			out.write(length & 127 | 128);
			length >>>= 7;
		}
		out.write(length);
		out.writeBytes(content);
		return out.toByteArray();
	}

	private static List<UUID> ids(ExportLogsServiceRequest request) {
		return signals(decode(SignalType.LOG, request.toByteArray())).stream().map(Signal::signalId).toList();
	}

	private static Decoded decode(SignalType type, byte[] body) {
		return decode(type, OtlpEncoding.PROTOBUF, body, ExportLogsServiceRequest.getDescriptor());
	}

	private static Decoded decode(SignalType type, OtlpEncoding encoding, byte[] body, Descriptor request) {
		RequestLimits limits = TestLimits.byDefault();
		Decoded decoded = new Decoded(type, limits);
		EnvelopeWalk.through(encoding.open(body, request, decoded, limits), decoded, switch (type) {
			case LOG -> new LogDecoder(() -> NOW);
			case TRACE -> new SpanDecoder();
			case METRIC -> new MetricDecoder(() -> NOW);
		});
		return decoded;
	}

	private static List<Signal> signals(Decoded decoded) {
		return decoded.accepted().stream().map(Received::signal).toList();
	}

	private static JsonNode at(Signal signal, String pointer) {
		return JSON.valueToTree(signal.details()).at(pointer);
	}

	private static List<String> texts(JsonNode array) {
		List<String> texts = new ArrayList<>();
		array.forEach((element) -> texts.add(element.asString()));
		return texts;
	}

	private static @Nullable Object body(LogRecord log) {
		JsonNode structured = at(log, "/body");
		if (!structured.isMissingNode()) {
			return plain(structured);
		}
		return log.message().isEmpty() ? null : log.message();
	}

	// Through JSON, as a reader will see it.
	private static @Nullable Object plain(Object value) {
		return JSON.convertValue(JSON.readTree(JSON.writeValueAsString(value)), Object.class);
	}

	private static @Nullable Object map(List<KeyValue> pairs) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		pairs.forEach((pair) -> map.put(pair.getKey(), value(pair.getValue())));
		return plain(map);
	}

	private static @Nullable Object value(AnyValue value) {
		Object told = switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case BOOL_VALUE -> value.getBoolValue();
			case INT_VALUE -> value.getIntValue();
			case DOUBLE_VALUE -> Double.isFinite(value.getDoubleValue()) ? (Object) value.getDoubleValue()
					: Double.toString(value.getDoubleValue());
			case BYTES_VALUE -> Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
			case ARRAY_VALUE -> value.getArrayValue()
				.getValuesList()
				.stream()
				.map(WireDecodingTests::value)
				.collect(Collectors.toCollection(ArrayList::new));
			case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
			default -> null;
		};
		return (told != null) ? plain(told) : null;
	}

	/** Protobuf's JSON with the ids as OTLP wants them, enums as numbers. */
	private static byte[] otlpJson(Message request) throws IOException {
		JsonNode tree = JSON.readTree(JsonFormat.printer().printingEnumsAsInts().print(request));
		idsToHex(tree);
		return JSON.writeValueAsBytes(tree);
	}

	private static void idsToHex(JsonNode node) {
		if (node instanceof ObjectNode object) {
			for (String id : List.of("traceId", "spanId", "parentSpanId")) {
				if (object.has(id)) {
					object.put(id, HexFormat.of().formatHex(Base64.getDecoder().decode(object.get(id).asString())));
				}
			}
			object.values().forEach(WireDecodingTests::idsToHex);
		}
		else if (node instanceof ArrayNode array) {
			array.forEach(WireDecodingTests::idsToHex);
		}
	}

	private static String hex(ByteString bytes) {
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

}
