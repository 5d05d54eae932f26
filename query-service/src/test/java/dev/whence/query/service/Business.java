package dev.whence.query.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.rollup.Minutes;

/**
 * Random telemetry of a shop, and the plainest way to count it. The front calls the cart
 * and the payment; a nightly batch has spans that nobody called; some logs name no
 * service.
 */
final class Business {

	static final String FRONT = "shop/front end";

	static final String CART = "cart";

	static final String PAYMENT = "payment;v=2";

	static final String BATCH = "batch";

	private final Random random;

	private final List<Signal> signals = new ArrayList<>();

	private final List<Span> calls = new ArrayList<>();

	Business(long seed, Instant from, Duration length, int requests) {
		this.random = new Random(seed);
		for (int i = 0; i < requests; i++) {
			request(from.plusNanos(this.random.nextLong(length.toNanos())));
		}
	}

	Signal[] signals() {
		return this.signals.toArray(Signal[]::new);
	}

	/**
	 * The minutes with signals, and the ones after them, in which calls may have begun.
	 */
	Set<Instant> minutes() {
		Set<Instant> minutes = new TreeSet<>();
		this.signals.forEach((signal) -> {
			minutes.add(Minutes.floor(signal.timestamp()));
			minutes.add(Minutes.floor(signal.timestamp()).plusSeconds(60));
		});
		return minutes;
	}

	/** What a service served from outside, or all it did where nobody called. */
	List<Span> served(String service, Instant from, Instant to) {
		return spans((span) -> span.serviceName().equals(service)
				&& (span.kind() == SpanKind.SERVER || service.equals(BATCH)) && isWithin(span, from, to));
	}

	List<Span> spans(Predicate<Span> predicate) {
		return this.signals.stream().filter(Span.class::isInstance).map(Span.class::cast).filter(predicate).toList();
	}

	List<LogRecord> logs(String service, Instant from, Instant to) {
		return this.signals.stream()
			.filter(LogRecord.class::isInstance)
			.map(LogRecord.class::cast)
			.filter((log) -> log.serviceName().equals(service) && isWithin(log, from, to))
			.toList();
	}

	/** The spans by which a service was called from another one. */
	List<Span> called(String callee, Instant from, Instant to) {
		return this.calls.stream()
			.filter((span) -> span.serviceName().equals(callee) && isWithin(span, from, to))
			.toList();
	}

	static boolean isWithin(Signal signal, Instant from, Instant to) {
		return !signal.timestamp().isBefore(from) && signal.timestamp().isBefore(to);
	}

	/** The exact one, in milliseconds. */
	static double quantile(List<Span> spans, double share) {
		List<Duration> sorted = spans.stream().map(Span::duration).sorted(Comparator.naturalOrder()).toList();
		return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1)).toNanos() / 1e6;
	}

	private void request(Instant start) {
		TraceId trace = new TraceId(hex(16));
		Span front = span(trace, null, FRONT, "GET /" + this.random.nextInt(4), SpanKind.SERVER, start);
		for (String callee : Stream.of(CART, PAYMENT).filter((_) -> this.random.nextBoolean()).toList()) {
			Span client = span(trace, front.spanId(), FRONT, "call " + callee, SpanKind.CLIENT, start.plusMillis(2));
			Span server = span(trace, client.spanId(), callee, "serve/" + this.random.nextInt(3), SpanKind.SERVER,
					start.plusMillis(3));
			this.calls.add(server);
			log(trace, callee, start.plusMillis(4));
		}
		if (this.random.nextInt(4) == 0) {
			span(new TraceId(hex(16)), null, BATCH, "clean up", SpanKind.INTERNAL, start);
			log(null, "", start);
		}
		this.signals.add(new MetricPoint(uuid(), null, CART, start, "cpu", MetricKind.GAUGE, this.random.nextDouble(),
				"1", Map.of(), Map.of(), Map.of()));
	}

	private Span span(TraceId trace, String parent, String service, String name, SpanKind kind, Instant start) {
		Span span = new Span(uuid(), trace, hex(8), parent, service, name, kind, start,
				Duration.ofNanos(1 + (long) Math.pow(10, 4 + this.random.nextDouble() * 6)),
				(this.random.nextInt(6) == 0) ? "ERROR" : "OK", null, Map.of(), Map.of(), Map.of());
		this.signals.add(span);
		return span;
	}

	private void log(TraceId trace, String service, Instant time) {
		this.signals.add(new LogRecord(uuid(), trace, null, service, time,
				List.of("info", "ERROR", "Warn", "fatal").get(this.random.nextInt(4)), "something", Map.of(), Map.of(),
				Map.of()));
	}

	private String hex(int bytes) {
		byte[] some = new byte[bytes];
		this.random.nextBytes(some);
		return HexFormat.of().formatHex(some);
	}

	private UUID uuid() {
		return new UUID(this.random.nextLong(), this.random.nextLong());
	}

}
