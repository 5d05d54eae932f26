package dev.whence.store.read;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import dev.whence.store.Position;
import dev.whence.store.SignalFilter;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.form.IdCodec;
import dev.whence.store.segment.Scan;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/** Asks segments what {@link JdbcSignalReader} asks the tables of rows. */
final class Scans {

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

	static Scan of(ProjectId project, TraceId trace) {
		return new Scan(project.value(), ALL, null, IdCodec.TRACE.encode(trace.value()), Long.MIN_VALUE, Long.MAX_VALUE,
				null, null);
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
				border(after, false), (share < 1) ? (id) -> hash(id) < (long) (share * JdbcSignalReader.HASHES) : null);
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
