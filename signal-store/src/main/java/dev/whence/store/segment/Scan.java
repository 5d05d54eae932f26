package dev.whence.store.segment;

import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import dev.whence.model.search.Expression;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Which closed signals are wanted.
 *
 * @param tables those that held them
 * @param service null for any
 * @param trace by its stored id, null for any
 * @param from inclusive, in nanoseconds since 1970
 * @param to inclusive
 * @param border where the page before ended, exclusive; null for the first page
 * @param sample null for all of them
 * @param expression what else they must be
 */
public record Scan(int project, Set<Table> tables, @Nullable String service, byte @Nullable [] trace, long from,
		long to, @Nullable Border border, @Nullable Sample sample, Expression expression) {

	static final Expression EVERYTHING = new Expression.Everything();

	/** All signals of some tables in a range of time. */
	public static Scan of(int project, Set<Table> tables, long from, long to) {
		return new Scan(project, tables, null, null, from, to, null, null, EVERYTHING);
	}

	/** The same without an expression, all of whose signals match. */
	public Scan(int project, Set<Table> tables, @Nullable String service, byte @Nullable [] trace, long from, long to,
			@Nullable Border border, @Nullable Sample sample) {
		this(project, tables, service, trace, from, to, border, sample, EVERYTHING);
	}

	boolean wantsEverything() {
		return this.expression instanceof Expression.Everything;
	}

	/**
	 * A time and, of the signals of that time, an id: the place of the last signal of the
	 * page before.
	 *
	 * @param older whether what is older comes next, or what is younger
	 */
	public record Border(long time, UUID id, boolean older) {

		/** As PostgreSQL compares them; UUID's own order takes the halves for signed. */
		static final Comparator<UUID> IDS = Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
			.thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

		/**
		 * @param otherId is asked for where the times are equal
		 */
		boolean admits(long otherTime, Supplier<UUID> otherId) {
			int order = (otherTime != this.time) ? Long.compare(otherTime, this.time)
					: IDS.compare(otherId.get(), this.id);
			return this.older ? order < 0 : order > 0;
		}

	}

	/** Chooses whole traces, and signals without one by themselves. */
	@FunctionalInterface
	public interface Sample {

		/**
		 * @param id of the trace, or of a signal without one, as it is stored
		 */
		boolean contains(byte[] id);

	}

}
