package dev.whence.store.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.whence.store.form.EpochNanos;

/** A column that holds a time, and how SQL spells the beginning of a day in it. */
public record TimeColumn(String name, boolean inNanos) {

	/** Nanoseconds since 1970, as a number. */
	public static TimeColumn nanos(String name) {
		return new TimeColumn(name, true);
	}

	/** PostgreSQL's own type. */
	public static TimeColumn timestamp(String name) {
		return new TimeColumn(name, false);
	}

	public String literal(LocalDate day) {
		return literal(day.atStartOfDay(ZoneOffset.UTC).toInstant());
	}

	public String literal(Instant time) {
		return this.inNanos ? String.valueOf(EpochNanos.toLong(time)) : "timestamptz '" + time + "'";
	}

}
