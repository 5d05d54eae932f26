package dev.whence.store.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;

/** Traces, logs and points of a few services within some minutes. */
final class RandomTelemetry {

	private static final List<String> SERVICES = List.of("cart", "orders", "payment", "");

	private final Random random;

	private final Instant from;

	private final int seconds;

	RandomTelemetry(long seed, Instant from, Duration length) {
		this.random = new Random(seed);
		this.from = from;
		this.seconds = (int) length.toSeconds();
	}

	List<Signal> signals(int traces) {
		List<Signal> signals = new ArrayList<>();
		for (int i = 0; i < traces; i++) {
			trace(signals);
			signals.add(point());
		}
		return signals;
	}

	private void trace(List<Signal> signals) {
		byte[] id = new byte[16];
		this.random.nextBytes(id);
		TraceId trace = new TraceId(HexFormat.of().formatHex(id));
		Span parent = span(trace, null, time());
		signals.add(parent);
		for (int i = this.random.nextInt(6); i > 0; i--) {
			Instant start = parent.timestamp().plusMillis(this.random.nextInt(40_000));
			Span child = span(trace, (this.random.nextInt(8) == 0) ? "1234567890abcdef" : parent.spanId(), start);
			signals.add(child);
			if (child.kind() == SpanKind.CLIENT && this.random.nextBoolean()) {
				signals.add(otherHalf(child));
			}
			signals.add(log(trace, child.spanId(), start));
			parent = this.random.nextBoolean() ? child : parent;
		}
	}

	private Span span(TraceId trace, String parent, Instant start) {
		return new Span(uuid(), trace, HexFormat.of().toHexDigits(this.random.nextLong()), parent, service(),
				"operation-" + this.random.nextInt(3), SpanKind.values()[this.random.nextInt(6)], start,
				Duration.ofNanos((long) Math.pow(10, this.random.nextDouble() * 11) - 1),
				one("OK", "ERROR", "failed", "UNSET"), null, Map.of(), Map.of(), Map.of());
	}

	private Span otherHalf(Span client) {
		return new Span(uuid(), client.traceId(), client.spanId(), client.parentSpanId(), service(), client.name(),
				SpanKind.SERVER, client.timestamp().plusNanos(this.random.nextInt(1_000_000)),
				client.duration().dividedBy(2), "OK", null, Map.of(), Map.of(), Map.of("shared", true));
	}

	private LogRecord log(TraceId trace, String span, Instant time) {
		return new LogRecord(uuid(), trace, span, service(), time, one("INFO", "info", "ERROR", "Warn"), "something",
				Map.of(), Map.of(), Map.of());
	}

	private MetricPoint point() {
		double value = (this.random.nextInt(20) == 0) ? Double.NaN : this.random.nextInt(1_000) / 8.0;
		return new MetricPoint(uuid(), null, service(), time(), one("cpu", "memory"), MetricKind.GAUGE, value, "1",
				Map.of("core", String.valueOf(this.random.nextInt(2))), Map.of("host.name", "h1", "os", "linux"),
				Map.of());
	}

	private Instant time() {
		return this.from.plusNanos((long) (this.random.nextDouble() * this.seconds * 1e9));
	}

	private String service() {
		return SERVICES.get(this.random.nextInt(SERVICES.size()));
	}

	private String one(String... choices) {
		return choices[this.random.nextInt(choices.length)];
	}

	private UUID uuid() {
		return new UUID(this.random.nextLong(), this.random.nextLong());
	}

}
