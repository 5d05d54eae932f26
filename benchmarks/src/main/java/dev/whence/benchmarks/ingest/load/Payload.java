package dev.whence.benchmarks.ingest.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a load sends: a pool of prepared requests of one kind.
 */
public final class Payload {

	/** Enough that neither side sees the same body all the time. */
	private static final int POOL = 20;

	private final List<Template> templates;

	private final boolean otlp;

	private Payload(List<Template> templates, boolean otlp) {
		this.templates = templates;
		this.otlp = otlp;
	}

	/** OTLP protobuf log requests of so many records. */
	public static Payload logs(int records, String key) {
		return new Payload(IntStream.range(0, POOL).mapToObj((variant) -> {
			Slots slots = new Slots();
			return new Template(head("/v1/logs", "application/x-protobuf", key),
					new OtlpLogs(slots, variant).request(records).toByteArray(), records, slots);
		}).toList(), true);
	}

	/** OTLP protobuf trace requests of so many spans. */
	public static Payload spans(int records, String key) {
		return new Payload(IntStream.range(0, POOL).mapToObj((variant) -> {
			Slots slots = new Slots();
			return new Template(head("/v1/traces", "application/x-protobuf", key),
					new OtlpSpans(slots, variant).request(records).toByteArray(), records, slots);
		}).toList(), true);
	}

	/** OTLP protobuf metric requests of so many points. */
	public static Payload points(int records, String key) {
		return new Payload(IntStream.range(0, POOL).mapToObj((variant) -> {
			Slots slots = new Slots();
			return new Template(head("/v1/metrics", "application/x-protobuf", key),
					new OtlpPoints(slots, variant).request(records).toByteArray(), records, slots);
		}).toList(), true);
	}

	/** Native requests of one log record. */
	public static Payload nativeLog(String key) {
		return new Payload(IntStream.range(0, POOL).mapToObj((variant) -> {
			Slots slots = new Slots();
			return new Template(head("/ingest/logs", "application/json", key), NativeLog.body(slots, variant), 1,
					slots);
		}).toList(), false);
	}

	/** X-Ray's requests of so many events of decision runs, nine steps to a run. */
	public static Payload steps(int records, String key) {
		return new Payload(IntStream.range(0, POOL).mapToObj((variant) -> {
			Slots slots = new Slots();
			return new Template(head("/ingest", "application/json", key), RunEvents.body(slots, variant, records),
					records, slots);
		}).toList(), false);
	}

	/** Bytes of a body per record, on average. */
	public double bytesPerRecord() {
		return this.templates.stream().mapToDouble((t) -> (double) t.bodyLength() / t.records()).average().orElse(0);
	}

	/** The body of one request of the stream, for those who want it without a server. */
	public byte[] body(Stream stream, long request) {
		Template template = template(request);
		ByteBuffer whole = ByteBuffer.allocateDirect(template.length()).order(ByteOrder.LITTLE_ENDIAN);
		template.fill(whole, stream, request * records());
		byte[] body = new byte[template.bodyLength()];
		whole.get(template.length() - body.length, body);
		return body;
	}

	Template template(long request) {
		return this.templates.get((int) (request % this.templates.size()));
	}

	int records() {
		return this.templates.getFirst().records();
	}

	int longest() {
		return this.templates.stream().mapToInt(Template::length).max().orElseThrow();
	}

	/** Whether answers are OTLP's, where a body means that something was not stored. */
	boolean otlp() {
		return this.otlp;
	}

	private static String head(String path, String type, String key) {
		String credential = key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n";
		return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: whence-benchmark\r\nContent-Type: " + type
				+ "\r\n" + credential;
	}

}
