package dev.whence.e2e.fire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import com.google.protobuf.ByteString;
import dev.whence.e2e.fire.Delivery.Protocol;
import dev.whence.e2e.fire.Delivery.Trouble;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * What one client sends: a random mixture of protocols and sizes, the same for the same
 * seed but for its times.
 */
final class DeliveryPlan {

	/** One delivery in so many reports trouble. */
	private static final int CALM = 60;

	/** So many troubles of a client go to the same service, hence to one incident. */
	private static final int TROUBLES_PER_SERVICE = 5;

	private static final int LARGEST_BATCH = 30;

	private final int run;

	private final int client;

	private final Random random;

	private final boolean batches;

	private int requests;

	private int troubles;

	private final List<String> marks = new ArrayList<>();

	private final List<Trouble> reported = new ArrayList<>();

	/**
	 * @param run tells the data of one test from those of the others, below 65536
	 * @param client below 256
	 * @param batches whether {@code /ingest/batch} and {@code /ingest} are there
	 */
	DeliveryPlan(int run, int client, long seed, boolean batches) {
		this.run = run;
		this.client = client;
		this.random = new Random(seed * 1000 + client);
		this.batches = batches;
	}

	/** What all service names of a run begin with. */
	static String services(int run) {
		return "fire-%04x-".formatted(run);
	}

	/** What all marks of a run begin with. */
	static String marks(int run) {
		return "mk%04x".formatted(run);
	}

	Delivery next() {
		this.requests++;
		this.marks.clear();
		this.reported.clear();
		boolean trouble = this.random.nextInt(CALM) == 0;
		return switch (this.random.nextInt(this.batches ? 6 : 4)) {
			case 0 -> delivery(Protocol.OTLP, "/v1/logs", otlpLogs(trouble));
			case 1 -> delivery(Protocol.OTLP, "/v1/traces", otlpSpans(trouble));
			case 2 ->
				delivery(Protocol.NATIVE, "/ingest/logs", nativeLog("", trouble).getBytes(StandardCharsets.UTF_8));
			case 3 -> delivery(Protocol.NATIVE, "/ingest/traces", nativeSpan("").getBytes(StandardCharsets.UTF_8));
			case 4 -> delivery(Protocol.XRAY, "/ingest", steps());
			default -> delivery(Protocol.BATCH, "/ingest/batch", batch(trouble));
		};
	}

	private Delivery delivery(Protocol protocol, String path, byte[] body) {
		return new Delivery(protocol, path, body, List.copyOf(this.marks), List.copyOf(this.reported));
	}

	private String mark() {
		String mark = "mk%04x%02x%06x%04x".formatted(this.run, this.client, this.requests, this.marks.size());
		this.marks.add(mark);
		return mark;
	}

	private String trouble(String mark) {
		String trace = hex(16);
		this.reported.add(new Trouble(mark, trace));
		return trace;
	}

	private String service(boolean trouble) {
		return services(this.run)
				+ (trouble ? "ill-%02x-%d".formatted(this.client, this.troubles++ / TROUBLES_PER_SERVICE) : "well");
	}

	private byte[] otlpLogs(boolean trouble) {
		ScopeLogs.Builder logs = ScopeLogs.newBuilder();
		int size = 1 + this.random.nextInt(LARGEST_BATCH);
		for (int n = 0; n < size; n++) {
			String mark = mark();
			boolean ill = trouble && n == 0;
			logs.addLogRecords(LogRecord.newBuilder()
				.setTimeUnixNano(nanos() + n)
				.setSeverityText(ill ? "ERROR" : "INFO")
				.setTraceId(bytes(ill ? trouble(mark) : hex(16)))
				.setBody(text("order " + mark + (ill ? " failed" : " taken")))
				.addAttributes(KeyValue.newBuilder().setKey("padding").setValue(text(hex(20)))));
		}
		return ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(ResourceLogs.newBuilder().setResource(resource(trouble)).addScopeLogs(logs))
			.build()
			.toByteArray();
	}

	private byte[] otlpSpans(boolean trouble) {
		ScopeSpans.Builder spans = ScopeSpans.newBuilder();
		int size = 1 + this.random.nextInt(LARGEST_BATCH);
		for (int n = 0; n < size; n++) {
			String mark = mark();
			boolean ill = trouble && n == 0;
			Span.Builder span = Span.newBuilder()
				.setTraceId(bytes(ill ? trouble(mark) : hex(16)))
				.setSpanId(bytes(hex(8)))
				.setName("POST /orders")
				.setKind(Span.SpanKind.SPAN_KIND_SERVER)
				.setStartTimeUnixNano(nanos() + n)
				.setEndTimeUnixNano(nanos() + n + 5_000_000)
				.addAttributes(KeyValue.newBuilder().setKey("mark").setValue(text(mark)));
			if (ill) {
				span.getStatusBuilder().setCodeValue(2);
			}
			spans.addSpans(span);
		}
		return ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder().setResource(resource(trouble)).addScopeSpans(spans))
			.build()
			.toByteArray();
	}

	private String nativeLog(String type, boolean trouble) {
		String mark = mark();
		return """
				{%s"signal_id":"%s","trace_id":"%s","service_name":"%s","timestamp":"%s","level":"%s",\
				"message":"order %s %s","attributes":{"padding":"%s"}}""".formatted(type, uuid(),
				trouble ? trouble(mark) : hex(16), service(trouble), Instant.now(), trouble ? "ERROR" : "INFO", mark,
				trouble ? "failed" : "taken", hex(20));
	}

	private String nativeSpan(String type) {
		return """
				{%s"signal_id":"%s","trace_id":"%s","span_id":"%s","parent_span_id":null,"service_name":"%s",\
				"timestamp":"%s","duration_ms":5,"status":"OK","attributes":{"mark":"%s"}}""".formatted(type, uuid(),
				hex(16), hex(8), service(false), Instant.now(), mark());
	}

	private byte[] steps() {
		List<String> events = new ArrayList<>();
		String run = uuid();
		int size = 1 + this.random.nextInt(LARGEST_BATCH);
		for (int n = 0; n < size; n++) {
			// Some name no time: they are stored once, too.
			String times = (n % 5 == 0) ? ""
					: ",\"started_at\":\"%1$s\",\"completed_at\":\"%1$s\"".formatted(Instant.now());
			events.add("""
					{"type":"step_complete","data":{"id":"%s","run_id":"%s","name":"%s","type":"filter",\
					"inputs":{"candidate_count":10},"outputs":{"survivor_count":3}%s}}""".formatted(uuid(), run, mark(),
					times));
		}
		return ("{\"events\":[" + String.join(",", events) + "]}").getBytes(StandardCharsets.UTF_8);
	}

	private byte[] batch(boolean trouble) {
		List<String> items = new ArrayList<>();
		int size = 1 + this.random.nextInt(LARGEST_BATCH);
		for (int n = 0; n < size; n++) {
			items.add(this.random.nextBoolean() ? nativeLog("\"signal_type\":\"log\",", trouble && n == 0)
					: nativeSpan("\"signal_type\":\"trace\","));
		}
		return ("[" + String.join(",", items) + "]").getBytes(StandardCharsets.UTF_8);
	}

	private Resource resource(boolean trouble) {
		return Resource.newBuilder()
			.addAttributes(KeyValue.newBuilder().setKey("service.name").setValue(text(service(trouble))))
			.build();
	}

	private String uuid() {
		return new UUID((this.random.nextLong() & ~0xF000L) | 0x4000L,
				(this.random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | Long.MIN_VALUE)
			.toString();
	}

	private String hex(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		// Ids must not be all zero.
		bytes[0] |= 1;
		return HexFormat.of().formatHex(bytes);
	}

	private static ByteString bytes(String hex) {
		return ByteString.copyFrom(HexFormat.of().parseHex(hex));
	}

	private static AnyValue text(String text) {
		return AnyValue.newBuilder().setStringValue(text).build();
	}

	private static long nanos() {
		Instant now = Instant.now();
		return now.getEpochSecond() * 1_000_000_000 + now.getNano();
	}

}
