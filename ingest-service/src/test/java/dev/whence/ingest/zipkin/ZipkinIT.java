package dev.whence.ingest.zipkin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.whence.ingest.IngestApi;
import dev.whence.ingest.IngestApi.Answer;
import dev.whence.ingest.IngestTest;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.SignalReader;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin2.Endpoint;
import zipkin2.codec.SpanBytesEncoder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Zipkin's reporters, on a real PostgreSQL. */
@IngestTest
class ZipkinIT {

	private static final String SPANS = "/api/v2/spans";

	private static final String JSON = "application/json";

	private static final String PROTOBUF = "application/x-protobuf";

	private static final long MICROS = 1_768_784_524_123_456L;

	@LocalServerPort
	int port;

	@Autowired
	SignalReader reader;

	@Autowired
	MeterRegistry registry;

	IngestApi api;

	// Every story has a trace of its own.
	String trace;

	@BeforeEach
	void begin() {
		this.api = new IngestApi(this.port);
		this.trace = UUID.randomUUID().toString().replace("-", "");
	}

	@Test
	void aSpanInJsonComesBackInOpenTelemetrysWords() {
		Answer answer = this.api.post(SPANS, JSON,
				"""
						[{"traceId":"%s","id":"00f067aa0ba902b7","parentId":"1111111111111111","name":"GET /Pay","kind":"CLIENT",
						  "timestamp":%d,"duration":2500,"debug":true,
						  "localEndpoint":{"serviceName":"Checkout","ipv4":"10.0.0.1","port":8080},
						  "remoteEndpoint":{"serviceName":"payment","ipv4":"10.0.0.2","ipv6":"2001:db8::2","port":9000},
						  "annotations":[{"timestamp":%d,"value":"ws"},
						    {"timestamp":%d,"value":"\\"exception\\": {\\"exception.type\\":\\"java.io.IOException\\",\\"n\\":1}"}],
						  "tags":{"http.path":"/pay","error":"card declined","otel.status_code":"ERROR"}}]
						"""
					.formatted(this.trace, MICROS, MICROS + 1, MICROS + 2));
		assertThat(answer.status()).isEqualTo(202);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.header(ZipkinController.REJECTED_HEADER)).isEmpty();
		assertThat(stored()).singleElement().isInstanceOfSatisfying(Span.class, (span) -> {
			assertThat(span.spanId()).isEqualTo("00f067aa0ba902b7");
			assertThat(span.parentSpanId()).isEqualTo("1111111111111111");
			assertThat(span.serviceName()).isEqualTo("checkout");
			assertThat(span.name()).isEqualTo("get /pay");
			assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
			assertThat(span.timestamp()).isEqualTo(Instant.ofEpochSecond(1_768_784_524L, 123_456_000));
			assertThat(span.duration()).isEqualTo(Duration.ofNanos(2_500_000));
			assertThat(span.status()).isEqualTo("ERROR");
			assertThat(span.statusMessage()).isEqualTo("card declined");
			assertThat(span.attributes()).containsEntry("http.path", "/pay")
				.containsEntry("network.local.address", "10.0.0.1")
				.containsEntry("network.local.port", 8080)
				.containsEntry("network.peer.address", "10.0.0.2")
				.containsEntry("network.peer.port", 9000)
				.containsEntry("peer.service", "payment");
			assertThat(span.details()).containsEntry("debug", true)
				.containsEntry("network.peer.address", "2001:db8::2")
				.containsEntry("events",
						List.of(Map.of("name", "ws", "time_unix_nano", (MICROS + 1) * 1000, "attributes", Map.of()),
								Map.of("name", "exception", "time_unix_nano", (MICROS + 2) * 1000, "attributes",
										Map.of("exception.type", "java.io.IOException", "n", 1))));
		});
	}

	@Test
	void protobufAndJsonOfOneSpanAreOneSpan() throws IOException {
		List<zipkin2.Span> spans = List.of(span("a1").shared(true).kind(zipkin2.Span.Kind.SERVER).build(),
				span("a2").putTag("b", "2").putTag("a", "1").addAnnotation(MICROS, "x").build());
		assertThat(this.api.post(SPANS, PROTOBUF, SpanBytesEncoder.PROTO3.encodeList(spans)).status()).isEqualTo(202);
		assertThat(this.api
			.post(SPANS, JSON, IngestApi.gzip(SpanBytesEncoder.JSON_V2.encodeList(spans)), "Content-Encoding", "gzip")
			.status()).isEqualTo(202);
		assertThat(stored()).hasSize(2);
	}

	@Test
	void bothHalvesOfASharedSpanAreKept() {
		Endpoint client = Endpoint.newBuilder().serviceName("shop").build();
		Endpoint server = Endpoint.newBuilder().serviceName("payment").build();
		send(span("b1").kind(zipkin2.Span.Kind.CLIENT).localEndpoint(client).build(),
				span("b1").kind(zipkin2.Span.Kind.SERVER).shared(true).localEndpoint(server).build());
		assertThat(stored()).hasSize(2)
			.allSatisfy((signal) -> assertThat(((Span) signal).spanId()).isEqualTo("00000000000000b1"))
			.extracting((signal) -> ((Span) signal).kind())
			.containsExactlyInAnyOrder(SpanKind.CLIENT, SpanKind.SERVER);
		assertThat(stored()).filteredOn((signal) -> signal.details().containsKey("shared")).hasSize(1);
	}

	@Test
	void aTraceIdOf64BitsIsPaddedOnTheLeft() {
		String half = this.trace.substring(16);
		assertThat(this.api
			.post(SPANS, JSON, "[{\"traceId\":\"%s\",\"id\":\"1\",\"timestamp\":%d}]".formatted(half, MICROS))
			.status()).isEqualTo(202);
		assertThat(this.reader.ofTraces(ProjectId.DEFAULT, List.of(new TraceId("0".repeat(16) + half)), 10))
			.singleElement()
			.isInstanceOfSatisfying(Span.class, (span) -> {
				assertThat(span.spanId()).isEqualTo("0000000000000001");
				assertThat(span.serviceName()).isEqualTo("unknown_service");
				assertThat(span.status()).isEqualTo("UNSET");
			});
	}

	@Test
	void equalSpansOfOneRequestAreAllKeptAndARetryAddsNone() {
		zipkin2.Span span = span("c1").build();
		send(span, span, span);
		send(span, span, span);
		send(span);
		assertThat(stored()).hasSize(3);
	}

	@Test
	void aSpanWithoutATimeStartsWhenItWasReceivedAndIsStillStoredOnce() {
		Instant before = Instant.now().minusSeconds(60);
		zipkin2.Span untimed = zipkin2.Span.newBuilder().traceId(this.trace).id("d1").name("x").build();
		send(untimed);
		send(untimed);
		assertThat(stored()).singleElement()
			.satisfies((span) -> assertThat(span.timestamp()).isBetween(before, Instant.now().plusSeconds(60)));
	}

	@Test
	void aSpanWithoutATimeStartsAtItsFirstAnnotation() {
		send(zipkin2.Span.newBuilder()
			.traceId(this.trace)
			.id("d2")
			.addAnnotation(MICROS + 5, "b")
			.addAnnotation(MICROS, "a")
			.build());
		assertThat(stored()).singleElement()
			.satisfies((span) -> assertThat(span.timestamp())
				.isEqualTo(Instant.ofEpochSecond(1_768_784_524L, 123_456_000)));
	}

	@Test
	void anErrorThatSaysFalseIsNone() {
		send(span("e1").putTag("error", "false").build(), span("e2").putTag("error", "").build(),
				span("e3").putTag("otel.status_code", "Ok").build());
		assertThat(stored()).extracting((signal) -> ((Span) signal).spanId().substring(14) + ((Span) signal).status())
			.containsExactlyInAnyOrder("e1UNSET", "e2ERROR", "e3OK");
	}

	@Test
	void badSpansDoNotFailTheirNeighbours() {
		double before = rejected();
		Answer answer = this.api.post(SPANS, JSON,
				"""
						[{"traceId":"%1$s","id":"f1","timestamp":%2$d}, {"traceId":"xyz","id":"1"}, 5, null, [[]],
						 {"traceId":"%1$s","id":"f2","timestamp":1e131071}, {"traceId":"%1$s","id":"f2","timestamp":9223372036854775807},
						 {"traceId":"%1$s","id":"f2","kind":"NONSENSE"}, {"traceId":"%1$s","id":"f2","duration":9223372036854775807},
						 {"traceId":"%1$s","id":"0","timestamp":%2$d}, {"traceId":"%1$s","id":"0000000000000000"},
						 {"traceId":"%1$s","id":"f2","tags":{"a":null}}, {"traceId":"%1$s","id":"f3","timestamp":%2$d}]
						"""
					.formatted(this.trace, MICROS));
		assertThat(answer.status()).as(answer.body()).isEqualTo(202);
		assertThat(answer.header(ZipkinController.REJECTED_HEADER)).isEqualTo("11");
		assertThat(stored()).extracting((signal) -> ((Span) signal).spanId())
			.containsExactlyInAnyOrder("00000000000000f1", "00000000000000f3");
		assertThat(rejected() - before).isEqualTo(11);
	}

	@Test
	void aBadSpanInProtobufDoesNotFailItsNeighbours() {
		byte[] good = SpanBytesEncoder.PROTO3.encodeList(List.of(span("1a").build()));
		byte[] bad = { (1 << 3) | 2, 2, (1 << 3) | 2, 0 };
		byte[] both = Arrays.copyOf(bad, bad.length + good.length);
		System.arraycopy(good, 0, both, bad.length, good.length);
		Answer answer = this.api.post(SPANS, PROTOBUF, both);
		assertThat(answer.status()).isEqualTo(202);
		assertThat(answer.header(ZipkinController.REJECTED_HEADER)).isEqualTo("1");
		assertThat(stored()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "null", "5", "[", "[] x", "[][]", "[{]", "[{\"traceId\":\"1\"}]",
			"[{\"traceId\":\"0\",\"id\":\"0\"}]", "{\"traceId\":\"1\",\"id\":\"1\"}", "[{'traceId':'1','id':'1'}]",
			"[{\"traceId\":\"1\",\"id\":\"1\",\"timestamp\":1e999999999}]" })
	void aBodyOfWhichNothingCanBeTakenIsTheCallersMistake(String body) {
		double before = rejected();
		Answer answer = this.api.post(SPANS, JSON, body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("code").stringValue()).isEqualTo("malformed-body");
		assertThat(rejected() - before).isEqualTo(1);
	}

	@Test
	void hostileBodiesAreRefused() {
		assertThat(this.api.post(SPANS, JSON, "[".repeat(1_000_000)).status()).isEqualTo(400);
		assertThat(
				this.api
					.post(SPANS, JSON,
							"[{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000)
									+ ",\"traceId\":\"1\",\"id\":\"1\"}]")
					.status())
			.isEqualTo(400);
		assertThat(this.api.post(SPANS, JSON, new byte[] { '[', '"', (byte) 0xff, '"', ']' }).status()).isEqualTo(400);
		assertThat(this.api.post(SPANS, JSON, "[" + "{},".repeat(50_000) + "{}]").status()).isEqualTo(413);
		assertThat(this.api.post(SPANS, JSON, new byte[5 * 1024 * 1024]).status()).isEqualTo(413);
		assertThat(this.api.post(SPANS, "application/x-thrift", "x").status()).isEqualTo(415);
		assertThat(this.api.post(SPANS, JSON, "[]", "Content-Encoding", "br").status()).isEqualTo(415);
		assertThat(this.api.post(SPANS, JSON, "[]", "Content-Encoding", "gzip").status()).isEqualTo(400);
		assertThat(this.api.post(SPANS, PROTOBUF, "[{\"traceId\":\"1\",\"id\":\"1\"}]").status()).isEqualTo(400);
		assertThat(this.api.post(SPANS, PROTOBUF, new byte[] { 0, 0 }).status()).isEqualTo(400);
		assertThat(this.api.post(SPANS, PROTOBUF, new byte[] { 10, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7 }).status())
			.isEqualTo(400);
	}

	@Test
	void anEmptyListIsTaken() {
		assertThat(this.api.post(SPANS, JSON, "[]").status()).isEqualTo(202);
		assertThat(this.api.post(SPANS, PROTOBUF, new byte[0]).status()).isEqualTo(202);
	}

	@Test
	void aSpanBeyondALimitIsRefusedWithTheLimit() {
		zipkin2.Span.Builder many = span("2a");
		IntStream.rangeClosed(1, 1001).forEach((i) -> many.putTag("t" + i, ""));
		Answer answer = this.api.post(SPANS, JSON, SpanBytesEncoder.JSON_V2.encodeList(List.of(many.build())));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("detail").stringValue()).contains("tags may have 1000 entries");
	}

	@Test
	void aSpanWithAnEndlessKeyIsRefusedAlone() {
		for (int length : new int[] { 513, 60_000, 1_100_000 }) {
			zipkin2.Span good = span("4" + Integer.toHexString(length)).build();
			zipkin2.Span bad = span("5" + Integer.toHexString(length)).putTag("k".repeat(length), "v").build();
			Answer json = this.api.post(SPANS, JSON, SpanBytesEncoder.JSON_V2.encodeList(List.of(bad, good)));
			assertThat(json.status()).isEqualTo(202);
			assertThat(json.header(ZipkinController.REJECTED_HEADER)).isEqualTo("1");
			Answer protobuf = this.api.post(SPANS, PROTOBUF, SpanBytesEncoder.PROTO3.encodeList(List.of(bad, good)));
			assertThat(protobuf.status()).isEqualTo(202);
			assertThat(protobuf.header(ZipkinController.REJECTED_HEADER)).isEqualTo("1");
		}
	}

	@Test
	void mutatedBodiesAreNeverOurBug() {
		byte[] json = SpanBytesEncoder.JSON_V2.encodeList(List.of(span("3a").putTag("a", "b").build()));
		byte[] proto = SpanBytesEncoder.PROTO3.encodeList(List.of(span("3b").putTag("a", "b").build()));
		Random random = new Random(7);
		for (int i = 0; i < 400; i++) {
			byte[] body = ((i % 2 == 0) ? json : proto).clone();
			for (int k = 0; k <= random.nextInt(3); k++) {
				body[random.nextInt(body.length)] = (byte) random.nextInt(256);
			}
			assertThat(this.api.post(SPANS, (i % 2 == 0) ? JSON : PROTOBUF, body).status())
				.as("mutation %d: %s", i, Arrays.toString(body))
				.isIn(202, 400);
		}
	}

	@Test
	void oneBatchFromFiveConnectionsIsStoredOnce() throws Exception {
		byte[] body = SpanBytesEncoder.PROTO3
			.encodeList(IntStream.rangeClosed(1, 200).mapToObj((i) -> span(Integer.toHexString(i)).build()).toList());
		Callable<Integer> post = () -> this.api.post(SPANS, PROTOBUF, body).status();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<Integer> status : executor.invokeAll(List.of(post, post, post, post, post))) {
				assertThat(status.get()).isEqualTo(202);
			}
		}
		assertThat(stored()).hasSize(200);
	}

	private zipkin2.Span.Builder span(String id) {
		return zipkin2.Span.newBuilder().traceId(this.trace).id(id).timestamp(MICROS).duration(10);
	}

	private void send(zipkin2.Span... spans) {
		assertThat(this.api.post(SPANS, JSON, SpanBytesEncoder.JSON_V2.encodeList(List.of(spans))).status())
			.isEqualTo(202);
	}

	private List<Signal> stored() {
		return this.reader.ofTraces(ProjectId.DEFAULT, List.of(new TraceId(this.trace)), 1000);
	}

	private double rejected() {
		return this.registry.find("whence.ingest.signals")
			.tag("type", "trace")
			.tag("outcome", "rejected")
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
