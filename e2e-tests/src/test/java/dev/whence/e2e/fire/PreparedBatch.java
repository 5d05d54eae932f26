package dev.whence.e2e.fire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.whence.e2e.platform.Whence;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * A request with an OTLP batch that is encoded once and then gets new marks in place, so
 * that whoever offers too much spends its time on the other side. One per client.
 */
final class PreparedBatch {

	/** Digits of a mark that name the client and the request. */
	private static final String REQUEST = "%02x%06x";

	private final byte[] bytes;

	private final List<Integer> positions = new ArrayList<>();

	private final int run;

	private final int client;

	private int requests;

	/**
	 * @param run below 65536
	 * @param client below 256
	 */
	PreparedBatch(int run, int client, int records) {
		this.run = run;
		this.client = client;
		this.bytes = PlainConnection.post("/v1/logs", "application/x-protobuf", Whence.KEY, encode(run, records));
		byte[] prefix = prefix(run).getBytes(StandardCharsets.US_ASCII);
		for (int at = 0; at <= this.bytes.length - prefix.length; at++) {
			if (startsWith(prefix, at)) {
				this.positions.add(at + prefix.length);
			}
		}
		if (this.positions.size() != records) {
			throw new IllegalStateException(this.positions.size() + " marks in " + records + " records");
		}
	}

	/** A request with records that no other has; valid until the next call. */
	byte[] next() {
		byte[] digits = REQUEST.formatted(this.client, ++this.requests).getBytes(StandardCharsets.US_ASCII);
		for (int position : this.positions) {
			System.arraycopy(digits, 0, this.bytes, position, digits.length);
		}
		return this.bytes;
	}

	/** What the marks of the latest request begin with. */
	String mark() {
		return prefix(this.run) + REQUEST.formatted(this.client, this.requests);
	}

	private boolean startsWith(byte[] prefix, int at) {
		for (int n = 0; n < prefix.length; n++) {
			if (this.bytes[at + n] != prefix[n]) {
				return false;
			}
		}
		return true;
	}

	private static String prefix(int run) {
		return "mk%04x".formatted(run);
	}

	private static byte[] encode(int run, int records) {
		Instant now = Instant.now();
		long nanos = now.getEpochSecond() * 1_000_000_000 + now.getNano();
		ScopeLogs.Builder logs = ScopeLogs.newBuilder();
		for (int n = 0; n < records; n++) {
			logs.addLogRecords(LogRecord.newBuilder()
				.setTimeUnixNano(nanos + n)
				.setSeverityText("INFO")
				.setSeverityNumberValue(9)
				.setBody(text("order " + prefix(run) + REQUEST.formatted(0, 0) + "%04x taken by the shop".formatted(n)))
				.addAttributes(attribute("http.request.method", "POST"))
				.addAttributes(attribute("url.path", "/orders"))
				.addAttributes(attribute("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64)")));
		}
		return ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(ResourceLogs.newBuilder()
				.setResource(Resource.newBuilder()
					.addAttributes(attribute("service.name", DeliveryPlan.services(run) + "much")))
				.addScopeLogs(logs))
			.build()
			.toByteArray();
	}

	private static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
	}

	private static AnyValue text(String text) {
		return AnyValue.newBuilder().setStringValue(text).build();
	}

}
