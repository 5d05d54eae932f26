package dev.whence.store.search;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.whence.model.LogLevel;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;
import dev.whence.model.search.Operator;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry with everything in it that can be searched for, and searches that find some.
 */
public final class SearchedTelemetry {

	private static final List<String> SERVICES = List.of("cart", "Cart", "pay%ment", "search_api", "");

	private static final List<String> LEVELS = List.of("ERROR", "err", "Warn", "INFO2", "stderr", "", "critical",
			"ınfo");

	private static final List<String> WORDS = List.of("timed", "out", "outage", "order-17", "/api/cart", "500",
			"KELVIN", "\u212Aelvin", "ÜBER", "über", "100%", "a_b", "Σ", "\uD83D\uDE00");

	private static final List<String> NAMES = List.of("http.status_code", "user.id", "a\"b", "k/v", "ключ", "msg",
			"100%");

	private static final List<Object> VALUES = List.of(200, 500, 503, -1, 2.5, "500", "42", "x\\y", "Ünï", true, false,
			List.of("a"), Map.of("n", 1), "a_b%c", "5d", "");

	private final Random random;

	private final Instant from;

	private final long nanos;

	private final List<Signal> made = new ArrayList<>();

	public SearchedTelemetry(long seed, Instant from, Duration length) {
		this.random = new Random(seed);
		this.from = from;
		this.nanos = length.toNanos();
	}

	/** Some more signals. */
	public List<Signal> signals(int count) {
		List<Signal> signals = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			signals.add(switch (this.random.nextInt(5)) {
				case 0, 1 -> log();
				case 2, 3 -> span();
				default -> point();
			});
		}
		this.made.addAll(signals);
		return signals;
	}

	/** Something to search for. */
	public Expression expression(int depth) {
		if (depth > 0 && this.random.nextInt(5) > 1) {
			List<Expression> parts = List.of(expression(depth - 1), expression(depth - 1));
			return switch (this.random.nextInt(4)) {
				case 0, 1 -> Expression.allOf(parts);
				case 2 -> Expression.anyOf(parts);
				default -> new Expression.Not(parts.getFirst());
			};
		}
		Operator operator = Operator.values()[this.random.nextInt(5)];
		boolean prefix = this.random.nextInt(4) == 0;
		return switch (this.random.nextInt(12)) {
			case 0 -> new Expression.TextIs(Field.Own.SERVICE, one(SERVICES), prefix);
			case 1 -> new Expression.LevelIs(operator, LogLevel.values()[this.random.nextInt(6)]);
			case 2 -> new Expression.TextIs(Field.Own.LEVEL, one(LEVELS), prefix);
			case 3 -> new Expression.DurationIs(operator, Duration.ofMillis(1 << this.random.nextInt(10)));
			case 4 -> new Expression.KindIs(SpanKind.values()[this.random.nextInt(6)]);
			case 5 -> new Expression.TextIs(Field.Own.STATUS, one(List.of("error", "OK", "unset", "FAILED")), prefix);
			case 6 -> new Expression.TextIs(one(List.of(Field.Own.NAME, Field.Own.UNIT)),
					one(List.of("GET /api/cart", "ms", "cpu")), prefix);
			case 7 -> id();
			case 8 ->
				new Expression.Phrase(one(List.of(Field.Own.MESSAGE, Field.Own.STATUS_MESSAGE)), one(WORDS), prefix);
			case 9 ->
				new Expression.Phrase(null, one(WORDS) + (this.random.nextBoolean() ? " " + one(WORDS) : ""), prefix);
			case 10 -> (this.random.nextInt(4) == 0) ? new Expression.Exists(field())
					: new Expression.TextIs(attribute(), one(VALUES).toString(), prefix);
			default -> (this.random.nextInt(5) == 0)
					? new Expression.NumberIs(Field.Own.VALUE, operator, this.random.nextInt(10))
					: new Expression.NumberIs(attribute(), operator, this.random.nextInt(600));
		};
	}

	private Expression id() {
		Signal signal = one(this.made);
		String id = (signal.traceId() != null) ? signal.traceId().value() : "none";
		return switch (signal) {
			case Span span when this.random.nextBoolean() ->
				new Expression.TextIs(Field.Own.SPAN, span.spanId(), false);
			default -> this.random.nextBoolean() ? new Expression.TextIs(Field.Own.TRACE, id, false)
					: new Expression.TextIs(Field.Own.TRACE, id.substring(0, 1), true);
		};
	}

	private Field field() {
		return this.random.nextBoolean() ? attribute()
				: Field.Own.values()[this.random.nextInt(Field.Own.values().length)];
	}

	private Field.Attribute attribute() {
		return new Field.Attribute(Field.Attribute.Place.values()[this.random.nextInt(3)], one(NAMES));
	}

	private Signal log() {
		return new LogRecord(uuid(), trace(), this.random.nextBoolean() ? "00f067aa0ba902b7" : null, one(SERVICES),
				time(), one(LEVELS), text(), attributes(), resource(),
				this.random.nextBoolean() ? Map.of("severity_number", this.random.nextInt(30)) : Map.of());
	}

	private Signal span() {
		TraceId trace = trace();
		return new Span(uuid(), (trace != null) ? trace : new TraceId("t"),
				HexFormat.of().toHexDigits(this.random.nextLong()), this.random.nextBoolean() ? "odd parent" : null,
				one(SERVICES), one(List.of("GET /api/cart", "timed out", "")),
				SpanKind.values()[this.random.nextInt(6)], time(), Duration.ofNanos(this.random.nextLong(1L << 30)),
				one(List.of("OK", "ERROR", "failed", "Unset", "STATUS_CODE_ERROR")),
				this.random.nextBoolean() ? text() : null, attributes(), resource(), events());
	}

	private Map<String, @Nullable Object> events() {
		if (this.random.nextInt(3) > 0) {
			return this.random.nextBoolean() ? Map.of() : Map.of("flags", 1);
		}
		Map<String, @Nullable Object> attributes = attributes();
		attributes.put("exception.message", text() + "\n\t\"" + one(WORDS) + "\" ");
		return Map.of("flags", 1, "events",
				List.of(Map.of("name", one(WORDS)), Map.of("name", "exception", "attributes", attributes)));
	}

	private Signal point() {
		Double value = (this.random.nextInt(8) == 0) ? null
				: (this.random.nextInt(8) == 0) ? Double.valueOf(Double.NaN) : Double.valueOf(this.random.nextInt(10));
		return new MetricPoint(uuid(), null, one(SERVICES), time(), one(List.of("cpu", "GET /api/cart")),
				MetricKind.GAUGE, value, one(List.of("ms", "")), attributes(), resource(), Map.of());
	}

	private Map<String, @Nullable Object> attributes() {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			attributes.put(one(NAMES), (this.random.nextInt(10) == 0) ? null : one(VALUES));
		}
		return attributes;
	}

	private Map<String, @Nullable Object> resource() {
		return this.random.nextBoolean() ? Map.of() : Map.of("user.id", one(VALUES), "host", "h1");
	}

	private @Nullable TraceId trace() {
		return switch (this.random.nextInt(4)) {
			case 0 -> null;
			case 1 -> new TraceId("req-" + this.random.nextInt(20));
			default -> new TraceId("4bf92f3577b34da6a3ce929d0e0e47" + (10 + this.random.nextInt(20)));
		};
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(5); i >= 0; i--) {
			text.append(one(WORDS)).append(one(List.of(" ", " ", "=", "", ".")));
		}
		return text.toString();
	}

	/** Some of them share a time. */
	private Instant time() {
		long steps = this.nanos / 1_000;
		return this.from.plusNanos(1_000 * this.random.nextLong(steps) / 100_000_000L * 100_000_000L);
	}

	private UUID uuid() {
		return new UUID(this.random.nextLong(), this.random.nextLong());
	}

	private <T> T one(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
