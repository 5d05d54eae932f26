package dev.whence.store.read;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.store.Budget;
import dev.whence.store.Position;
import dev.whence.store.SearchQuestion;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.search.Judge;
import dev.whence.store.search.RoughCondition;
import dev.whence.store.search.Searched;
import dev.whence.store.search.StoredSignal;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Searches rows: slice of time after slice, so that it can end in between and say how far
 * it came. The database leaves out most of what does not match, the judge the rest.
 */
final class OpenRows {

	/**
	 * The first slice, which may be the busiest; each that was fast makes the next
	 * longer.
	 */
	private static final Duration FIRST_SLICE = Duration.ofMinutes(1);

	private static final int GROWTH = 8;

	private static final long FAST = Duration.ofMillis(100).toNanos();

	private static final int SMALLEST_PAGE = 200;

	private static final int LARGEST_PAGE = 2_000;

	/** Statements are given up a little before the service's own limit. */
	private static final Duration LONGEST_STATEMENT = Duration.ofMillis(2_500);

	/**
	 * What the first one gets at least, so that whoever goes on comes further each time.
	 */
	private static final Duration SHORTEST_STATEMENT = Duration.ofMillis(500);

	private static final Duration SHORTEST_SLICE = Duration.ofMillis(100);

	private static final List<SignalType> IN_ORDER = Arrays.stream(SignalType.values())
		.sorted(Comparator.comparing(Table::of))
		.toList();

	private final JdbcClient jdbc;

	private final TransactionOperations transaction;

	private final SearchQuestion question;

	private final Budget budget;

	private final Predicate<Searched> judge;

	private final List<String> selects = new ArrayList<>();

	private final Map<String, Object> parameters = new HashMap<>();

	private final SignalMapper signals = new SignalMapper();

	OpenRows(JdbcClient jdbc, TransactionOperations transaction, ProjectId project, SearchQuestion question,
			Budget budget) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.question = question;
		this.budget = budget;
		this.judge = Judge.of(question.expression());
		this.parameters.put("project", project.value());
		for (SignalType type : IN_ORDER) {
			RoughCondition rough = RoughCondition.of(type, question.expression(), "t" + type.code() + "_");
			if (question.types().contains(type) && !rough.matchesNothing()) {
				this.selects.add("(select " + SignalMapper.columns(type) + " from " + SignalMapper.table(type)
						+ " where project_id = :project and time between :low and :high" + " and "
						+ rough.sql().replace("%", "%%") + "%s order by time %s, signal_id %s limit :limit)");
				this.parameters.putAll(rough.parameters());
			}
		}
	}

	/**
	 * Hands over those that match, in order.
	 * @param most of them
	 * @return null when all were looked at that could be among them; otherwise a time
	 * that was not looked at, and nothing beyond it
	 */
	@Nullable Instant read(int most, Consumer<Signal> consumer) {
		if (this.selects.isEmpty()) {
			return null;
		}
		boolean newest = this.question.newestFirst();
		Instant low = this.question.from();
		Instant high = this.question.to();
		Position position = this.question.after();
		if (position != null) {
			low = newest ? low : latest(low, position.time());
			high = newest ? earliest(high, position.time()) : high;
		}
		Duration width = FIRST_SLICE;
		int found = 0;
		boolean begun = false;
		while (found < most && !low.isAfter(high)) {
			if (begun && this.budget.isSpent()) {
				return newest ? high : low;
			}
			Instant from = newest ? latest(low, high.minus(width)) : low;
			Instant to = newest ? high : earliest(high, low.plus(width));
			int size = Math.clamp(2L * (most - found), SMALLEST_PAGE, LARGEST_PAGE);
			long start = System.nanoTime();
			List<Signal> page;
			try {
				page = page(from, to, position, size);
			}
			catch (QueryTimeoutException ex) {
				width = width.dividedBy(GROWTH);
				if (begun || width.compareTo(SHORTEST_SLICE) < 0) {
					return newest ? high : low;
				}
				continue;
			}
			begun = true;
			for (Signal signal : page) {
				if (found < most && this.judge.test(new StoredSignal(signal))) {
					consumer.accept(signal);
					found++;
				}
			}
			if (page.size() == size) {
				position = Position.of(page.getLast());
				low = newest ? low : position.time();
				high = newest ? position.time() : high;
			}
			else {
				low = newest ? low : to.plusNanos(1);
				high = newest ? from.minusNanos(1) : high;
				width = (System.nanoTime() - start < FAST) ? width.multipliedBy(GROWTH) : width;
			}
		}
		return null;
	}

	private List<Signal> page(Instant from, Instant to, @Nullable Position position, int size) {
		boolean newest = this.question.newestFirst();
		String order = newest ? "desc" : "asc";
		String behind = (position != null) ? " and (time, signal_id) " + (newest ? "<" : ">") + " (:time, :id)" : "";
		String sql = "select * from ("
				+ String.join("\nunion all\n",
						this.selects.stream().map((select) -> select.formatted(behind, order, order)).toList())
				+ ") found order by time " + order + ", signal_id " + order + ", type limit :limit";
		long left = Math.clamp(this.budget.left().toMillis(), SHORTEST_STATEMENT.toMillis(),
				LONGEST_STATEMENT.toMillis());
		return Objects.requireNonNull(this.transaction.execute((_) -> {
			this.jdbc.sql("select set_config('statement_timeout', :left, true)")
				.param("left", Long.toString(left))
				.query(String.class)
				.single();
			return this.jdbc.sql(sql)
				.params(this.parameters)
				.param("low", EpochNanos.toLong(from))
				.param("high", EpochNanos.toLong(to))
				.param("time", EpochNanos.toLong((position != null) ? position.time() : from))
				.param("id", (position != null) ? position.id() : null)
				.param("limit", size)
				.query(this.signals)
				.list();
		}));
	}

	private static Instant latest(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant earliest(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

}
