package dev.whence.store.partition;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * A partition that holds some of a table's rows. Its name says which: those that are kept
 * for a number of days, those of a day or of an hour of it, or both.
 */
public record Partition(Table table, @Nullable Integer keptDays, @Nullable LocalDate day, @Nullable Integer hour) {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

	/** What follows the name of the table. */
	private static final Pattern SUFFIX = Pattern.compile("(?:_(\\d{1,4})d)?(?:_(\\d{8})(\\d{2})?)?");

	/** The table as a whole. */
	static Partition of(Table table) {
		return new Partition(table, null, null, null);
	}

	/** Which of the tables' partitions has this name; empty for a default partition. */
	static Optional<Partition> named(String name, Collection<Table> tables) {
		for (Table table : tables) {
			if (name.startsWith(table.name())) {
				Matcher suffix = SUFFIX.matcher(name.substring(table.name().length()));
				if (suffix.matches()) {
					return Optional
						.of(new Partition(table, (suffix.group(1) != null) ? Integer.valueOf(suffix.group(1)) : null,
								(suffix.group(2) != null) ? LocalDate.parse(suffix.group(2), DAY) : null,
								(suffix.group(3) != null) ? Integer.valueOf(suffix.group(3)) : null));
				}
			}
		}
		return Optional.empty();
	}

	/** What is kept for the same number of days as a day's or an hour's rows. */
	public Partition parent() {
		return new Partition(this.table, this.keptDays, null, null);
	}

	Partition keptFor(int days) {
		return new Partition(this.table, days, null, null);
	}

	Partition of(LocalDate day) {
		return new Partition(this.table, this.keptDays, day, null);
	}

	/** The partition of the hour in which a time lies. */
	Partition of(OffsetDateTime time) {
		return new Partition(this.table, this.keptDays, time.toLocalDate(), time.getHour());
	}

	public String name() {
		return this.table.name() + ((this.keptDays != null) ? "_" + this.keptDays + "d" : "")
				+ ((this.day != null) ? "_" + DAY.format(this.day) : "")
				+ ((this.hour != null) ? String.format(Locale.ROOT, "%02d", this.hour) : "");
	}

	/** When the first of its rows may have happened. */
	public Instant from() {
		LocalDate first = Objects.requireNonNull(this.day, "a partition of days or hours");
		return first.atTime((this.hour != null) ? this.hour : 0, 0).toInstant(ZoneOffset.UTC);
	}

	/** When none of its rows happened any more. */
	public Instant to() {
		return from().plus((this.hour != null) ? Duration.ofHours(1) : Duration.ofDays(1));
	}

	/** Where those of its rows lie that no partition below it takes. */
	public String defaultName() {
		return name() + "_default";
	}

	/** Whether every row in it is older than a number of days. */
	boolean isOver(int days, LocalDate today) {
		return this.day != null && this.day.plusDays(days + 1L).isBefore(today);
	}

}
