package dev.whence.store.read;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;
import dev.whence.store.Position;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SignalFilter;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.form.IdCodec;
import dev.whence.store.segment.Scan;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/** Asks segments what the reader asks the tables of rows. */
final class Scans {

	/** So many hashes of traces there are. */
	static final long HASHES = 1L << 32;

	private static final Set<Table> ALL = new LinkedHashSet<>(Table.SIGNALS);

	private Scans() {
	}

	/**
	 * @param before exclusive, null for no border
	 */
	static Scan of(ProjectId project, SignalFilter filter, @Nullable Position before) {
		return new Scan(project.value(), (filter.type() != null) ? Set.of(Table.of(filter.type())) : ALL,
				filter.serviceName(),
				(filter.traceId() != null) ? IdCodec.TRACE.encode(filter.traceId().value()) : null,
				(filter.from() != null) ? EpochNanos.toLong(filter.from()) : Long.MIN_VALUE,
				(filter.to() != null) ? EpochNanos.toLong(filter.to()) : Long.MAX_VALUE, border(before, true), null);
	}

	/**
	 * @param from inclusive
	 */
	static Scan of(ProjectId project, SearchQuestion question, Instant from, Instant to) {
		return new Scan(project.value(), question.types().stream().map(Table::of).collect(Collectors.toSet()),
				required(question.expression(), Field.Own.SERVICE).orElse(null),
				required(question.expression(), Field.Own.TRACE)
					.map((trace) -> IdCodec.TRACE.encode(new TraceId(trace).value()))
					.orElse(null),
				EpochNanos.toLong(from), EpochNanos.toLong(to), border(question.after(), question.newestFirst()), null,
				rest(question.expression()));
	}

	/** What is left to judge: the service and the trace are parts of the scan. */
	private static Expression rest(Expression expression) {
		return switch (expression) {
			case Expression.AllOf all -> {
				List<Expression> parts = new ArrayList<>(all.parts());
				for (Field.Own field : List.of(Field.Own.SERVICE, Field.Own.TRACE)) {
					required(all, field).ifPresent((value) -> parts.remove(new Expression.TextIs(field, value, false)));
				}
				yield Expression.allOf(parts);
			}
			case Expression.TextIs(Field.Own field, String _, boolean prefix) when !prefix
					&& (field == Field.Own.SERVICE || field == Field.Own.TRACE) ->
				new Expression.Everything();
			default -> expression;
		};
	}

	/** What a field must be, where nothing else can match. */
	private static Optional<String> required(Expression expression, Field.Own field) {
		return switch (expression) {
			case Expression.AllOf all ->
				all.parts().stream().flatMap((part) -> required(part, field).stream()).findFirst();
			case Expression.TextIs(Field.Own own, String value, boolean prefix) when own == field && !prefix ->
				Optional.of(value);
			default -> Optional.empty();
		};
	}

	static Scan of(ProjectId project, TraceId trace, Instant from, Instant to) {
		return new Scan(project.value(), ALL, null, IdCodec.TRACE.encode(trace.value()), EpochNanos.nearest(from),
				EpochNanos.nearest(to), null, null);
	}

	/**
	 * @param from inclusive
	 * @param to exclusive
	 * @param share of all traces
	 * @param after exclusive, null for no border
	 */
	static Scan of(ProjectId project, Instant from, Instant to, Set<SignalType> types, double share,
			@Nullable Position after) {
		return new Scan(project.value(), types.stream().map(Table::of).collect(Collectors.toSet()), null, null,
				EpochNanos.toLong((after != null) ? after.time() : from), EpochNanos.toLong(to) - 1,
				border(after, false), (share < 1) ? (id) -> hash(id) < (long) (share * HASHES) : null);
	}

	private static Scan.@Nullable Border border(@Nullable Position position, boolean older) {
		return (position != null) ? new Scan.Border(EpochNanos.toLong(position.time()), position.id(), older) : null;
	}

	// The same number as the one that SQL makes of a row's trace.
	private static long hash(byte[] id) {
		try {
			byte[] digest = MessageDigest.getInstance("MD5").digest(id);
			return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has MD5", ex);
		}
	}

}
