package dev.whence.store.read;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.store.Budget;
import dev.whence.store.Position;
import dev.whence.store.SearchPage;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SearchedRange;
import dev.whence.store.SignalSearch;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.search.SignalState;
import dev.whence.store.search.StoredSignal;
import dev.whence.store.segment.ClosedSignals;
import dev.whence.store.segment.Findings;
import dev.whence.store.segment.Scan;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Searches PostgreSQL: rows, see {@link OpenRows}, and after them segments. In this order
 * nothing is missed, as {@link JdbcSignalReader} explains; what is closed in between may
 * be seen twice, and counts once.
 */
public final class JdbcSignalSearch implements SignalSearch {

	/** The last id of all. */
	private static final UUID LAST = new UUID(-1, -1);

	private static final Comparator<Signal> OLDEST_FIRST = Comparator.comparing((Signal signal) -> Position.of(signal))
		.thenComparing((signal) -> signal.type().code());

	private static final Comparator<Signal> NEWEST_FIRST = Comparator
		.comparing((Signal signal) -> Position.of(signal), Comparator.reverseOrder())
		.thenComparing((signal) -> signal.type().code());

	private final JdbcClient jdbc;

	private final TransactionOperations transaction;

	private final ClosedSignals closed;

	/**
	 * @param transaction in which each statement has its own time limit
	 */
	public JdbcSignalSearch(JdbcClient jdbc, TransactionOperations transaction, ClosedSignals closed) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.closed = closed;
	}

	@Override
	public SearchPage page(ProjectId project, SearchQuestion question, int limit, Budget budget) {
		Instant watermark = watermark();
		int wanted = limit + 1;
		List<Signal> found = new ArrayList<>();
		OpenRows rows = new OpenRows(this.jdbc, this.transaction, project, question, budget);
		@Nullable Instant rowsSearchedTo = rows.read(wanted, found::add);
		boolean newest = question.newestFirst();
		// Beyond what is full already, or was not looked at, segments are of no use.
		@Nullable Instant end = (found.size() >= wanted) ? found.getLast().timestamp() : rowsSearchedTo;
		Scan scan = Scans.of(project, question, (newest && end != null) ? later(end, question.from()) : question.from(),
				(!newest && end != null) ? earlier(end, question.to()) : question.to());
		Findings findings = this.closed.search(scan, wanted, newest, budget);
		findings.rows().forEach((row) -> found.add(ClosedRows.read(row)));
		@Nullable Instant searchedTo = nearest(newest, rowsSearchedTo,
				findings.searchedTo().isPresent() ? EpochNanos.ofLong(findings.searchedTo().getAsLong()) : null);
		List<Signal> ordered = once(found, newest ? NEWEST_FIRST : OLDEST_FIRST);
		if (searchedTo != null) {
			Instant border = searchedTo;
			ordered.removeIf(
					(signal) -> newest ? !signal.timestamp().isAfter(border) : !signal.timestamp().isBefore(border));
		}
		if (ordered.size() > limit) {
			List<Signal> page = List.copyOf(ordered.subList(0, limit));
			return new SearchPage(page, Position.of(page.getLast()), watermark, null, hurt(findings));
		}
		@Nullable Position next = (searchedTo == null) ? null
				: new Position(newest ? searchedTo : searchedTo.minusNanos(1), LAST);
		return new SearchPage(List.copyOf(ordered), next, watermark, searchedTo, hurt(findings));
	}

	@Override
	public SearchedRange visit(ProjectId project, SearchQuestion question, Budget budget, Visitor visitor) {
		Instant watermark = watermark();
		Set<UUID> seen = new HashSet<>();
		OpenRows rows = new OpenRows(this.jdbc, this.transaction, project, question, budget);
		@Nullable Instant rowsSearchedTo = rows.read(Integer.MAX_VALUE, (signal) -> {
			seen.add(signal.signalId());
			visitor.visit(signal.type(), signal.timestamp(), SignalState.of(new StoredSignal(signal)));
		});
		Scan scan = Scans.of(project, question,
				(rowsSearchedTo != null) ? later(rowsSearchedTo, question.from()) : question.from(), question.to());
		Findings findings = this.closed.visit(scan, budget, (time, id, signal) -> {
			if (seen.isEmpty() || !seen.contains(id.get())) {
				visitor.visit(signal.type(), EpochNanos.ofLong(time), SignalState.of(signal));
			}
		});
		return new SearchedRange(watermark, nearest(true, rowsSearchedTo,
				findings.searchedTo().isPresent() ? EpochNanos.ofLong(findings.searchedTo().getAsLong()) : null),
				hurt(findings));
	}

	/** A standby does not know more than what it has replayed. */
	private Instant watermark() {
		return this.jdbc.sql("""
				select case when pg_is_in_recovery() then pg_last_xact_replay_timestamp()
				       else clock_timestamp() end
				""").query((rs, _) -> rs.getObject(1, OffsetDateTime.class).toInstant()).single();
	}

	private static List<SearchPage.HurtRange> hurt(Findings findings) {
		return findings.hurt()
			.stream()
			.map((hurt) -> new SearchPage.HurtRange(EpochNanos.ofLong(hurt.from()), EpochNanos.ofLong(hurt.to())))
			.distinct()
			.toList();
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	/** The one that was come to first. */
	private static @Nullable Instant nearest(boolean newestFirst, @Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return newestFirst ? later(one, other) : earlier(one, other);
	}

	private static List<Signal> once(List<Signal> found, Comparator<Signal> order) {
		found.sort(order);
		List<Signal> once = new ArrayList<>();
		for (Signal signal : found) {
			if (once.isEmpty() || order.compare(once.getLast(), signal) != 0) {
				once.add(signal);
			}
		}
		return once;
	}

}
