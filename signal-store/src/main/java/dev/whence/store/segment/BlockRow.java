package dev.whence.store.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import dev.whence.model.SignalType;
import dev.whence.model.SpanKind;
import dev.whence.model.search.Field;
import dev.whence.store.column.IntegerValues;
import dev.whence.store.form.IdCodec;
import dev.whence.store.form.JsonText;
import dev.whence.store.search.JsonMember;
import dev.whence.store.search.Searched;
import dev.whence.store.search.SpanEvents;
import org.jspecify.annotations.Nullable;

/** A row of a block as a search sees it: only the columns that are asked for are read. */
record BlockRow(OpenBlock block, Layout layout, int row) implements Searched {

	@Override
	public SignalType type() {
		return this.layout.type();
	}

	@Override
	public @Nullable String text(Field.Own field) {
		int column = this.layout.column(field);
		byte[] value = (column >= 0) ? this.block.field(this.row, column) : null;
		if (value == null) {
			return null;
		}
		return switch (field) {
			case TRACE -> IdCodec.TRACE.decode(value);
			case SPAN, PARENT -> IdCodec.SPAN.decode(value);
			default -> new String(value, StandardCharsets.UTF_8);
		};
	}

	@Override
	public List<String> events() {
		return (type() == SignalType.TRACE)
				? SpanEvents.texts(this.block.field(this.row, this.layout.column("details"))) : List.of();
	}

	@Override
	public long duration() {
		int column = this.layout.column(Field.Own.DURATION);
		return (this.block.values(column) instanceof IntegerValues durations) ? durations.number(this.row)
				: ByteBuffer.wrap(Objects.requireNonNull(this.block.field(this.row, column))).getLong();
	}

	@Override
	public SpanKind kind() {
		return SpanKind.ofCode(ByteBuffer.wrap(required(Field.Own.KIND)).getShort());
	}

	@Override
	public @Nullable Double value() {
		if (type() != SignalType.METRIC) {
			return null;
		}
		byte[] value = this.block.field(this.row, this.layout.column("value"));
		return (value != null) ? Double.valueOf(ByteBuffer.wrap(value).getDouble()) : null;
	}

	@Override
	public long severityNumber() {
		byte[] details = this.block.field(this.row, this.layout.column("details"));
		return (details != null && JsonText.read(details).get("severity_number") instanceof Number number)
				? number.longValue() : 0;
	}

	@Override
	public @Nullable String attribute(JsonMember member) {
		return member.of(this.block.values(this.layout.attributes()), this.row);
	}

	@Override
	public @Nullable String resource(JsonMember member) {
		return member.of(this.block.values(this.layout.resource()), this.row);
	}

	private byte[] required(Field.Own field) {
		return Objects.requireNonNull(this.block.field(this.row, this.layout.column(field)));
	}

}
