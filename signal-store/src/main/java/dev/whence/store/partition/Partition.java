package dev.whence.store.partition;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * A partition that holds some of a table's rows. Its name says which: those that are kept
 * for a number of days, those of a day, or both.
 */
record Partition(Table table, @Nullable Integer keptDays, @Nullable LocalDate day) {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

	/** What follows the name of the table. */
	private static final Pattern SUFFIX = Pattern.compile("(?:_(\\d{1,4})d)?(?:_(\\d{8}))?");

	/** The table as a whole. */
	static Partition of(Table table) {
		return new Partition(table, null, null);
	}

	/** Which of the tables' partitions has this name; empty for a default partition. */
	static Optional<Partition> named(String name, Collection<Table> tables) {
		for (Table table : tables) {
			if (name.startsWith(table.name())) {
				Matcher suffix = SUFFIX.matcher(name.substring(table.name().length()));
				if (suffix.matches()) {
					return Optional
						.of(new Partition(table, (suffix.group(1) != null) ? Integer.valueOf(suffix.group(1)) : null,
								(suffix.group(2) != null) ? LocalDate.parse(suffix.group(2), DAY) : null));
				}
			}
		}
		return Optional.empty();
	}

	Partition keptFor(int days) {
		return new Partition(this.table, days, null);
	}

	Partition of(LocalDate day) {
		return new Partition(this.table, this.keptDays, day);
	}

	String name() {
		return this.table.name() + ((this.keptDays != null) ? "_" + this.keptDays + "d" : "")
				+ ((this.day != null) ? "_" + DAY.format(this.day) : "");
	}

	/** Where those of its rows lie that no partition below it takes. */
	String defaultName() {
		return name() + "_default";
	}

	/** Whether every row in it is older than a number of days. */
	boolean isOver(int days, LocalDate today) {
		return this.day != null && this.day.plusDays(days + 1L).isBefore(today);
	}

}
