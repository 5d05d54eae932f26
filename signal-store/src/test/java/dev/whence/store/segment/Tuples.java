package dev.whence.store.segment;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/** Rows as PostgreSQL would give them. */
final class Tuples {

	private Tuples() {
	}

	/**
	 * @param values one for each column of the table: null, Short, Integer, Long, Double,
	 * UUID, String or bytes
	 */
	static StoredRow of(Table table, @Nullable Object... values) {
		if (values.length != table.columnCount()) {
			throw new IllegalArgumentException(values.length + " values for " + table);
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeShort(values.length);
			for (Object value : values) {
				byte[] field = field(value);
				out.writeInt((field != null) ? field.length : -1);
				if (field != null) {
					out.write(field);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new StoredRow(table, bytes.toByteArray());
	}

	private static byte @Nullable [] field(@Nullable Object value) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		switch (value) {
			case null -> {
				return null;
			}
			case Short number -> out.writeShort(number);
			case Integer number -> out.writeInt(number);
			case Long number -> out.writeLong(number);
			case Double number -> out.writeDouble(number);
			case UUID id -> {
				out.writeLong(id.getMostSignificantBits());
				out.writeLong(id.getLeastSignificantBits());
			}
			case String text -> out.write(text.getBytes(StandardCharsets.UTF_8));
			case byte[] some -> out.write(some);
			default -> throw new IllegalArgumentException("no column holds " + value.getClass());
		}
		return bytes.toByteArray();
	}

}
