package dev.whence.store.search;

import java.util.List;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.search.Field;
import dev.whence.store.form.JsonText;
import org.jspecify.annotations.Nullable;

/** A signal that was read as a whole. */
public record StoredSignal(Signal signal) implements Searched {

	@Override
	public SignalType type() {
		return this.signal.type();
	}

	@Override
	public @Nullable String text(Field.Own field) {
		return switch (field) {
			case SERVICE -> this.signal.serviceName();
			case TRACE -> (this.signal.traceId() != null) ? this.signal.traceId().value() : null;
			default -> switch (this.signal) {
				case LogRecord log -> text(log, field);
				case Span span -> text(span, field);
				case MetricPoint point -> text(point, field);
			};
		};
	}

	private static @Nullable String text(LogRecord log, Field.Own field) {
		return switch (field) {
			case LEVEL -> log.level();
			case MESSAGE -> log.message();
			case SPAN -> log.spanId();
			default -> null;
		};
	}

	private static @Nullable String text(Span span, Field.Own field) {
		return switch (field) {
			case NAME -> span.name();
			case SPAN -> span.spanId();
			case PARENT -> span.parentSpanId();
			case STATUS -> span.status();
			case STATUS_MESSAGE -> span.statusMessage();
			default -> null;
		};
	}

	private static @Nullable String text(MetricPoint point, Field.Own field) {
		return switch (field) {
			case NAME -> point.name();
			case UNIT -> point.unit();
			default -> null;
		};
	}

	@Override
	public List<String> events() {
		return (this.signal instanceof Span span) ? SpanEvents.texts(span.details()) : List.of();
	}

	@Override
	public long duration() {
		return (this.signal instanceof Span span) ? span.duration().toNanos() : 0;
	}

	@Override
	public SpanKind kind() {
		return (this.signal instanceof Span span) ? span.kind() : SpanKind.UNSPECIFIED;
	}

	@Override
	public @Nullable Double value() {
		return (this.signal instanceof MetricPoint point) ? point.value() : null;
	}

	@Override
	public long severityNumber() {
		return (this.signal.details().get("severity_number") instanceof Number number) ? number.longValue() : 0;
	}

	@Override
	public @Nullable String attribute(JsonMember member) {
		return member.of(JsonText.writeNullable(this.signal.attributes()));
	}

	@Override
	public @Nullable String resource(JsonMember member) {
		return member.of(JsonText.writeNullable(this.signal.resource()));
	}

}
