package dev.whence.store.rollup;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Calls and errors of services, step by step. An hour that is made says what each of its
 * minutes was, so it serves steps of any length. Minutes are added up here: PostgreSQL
 * takes several times as long for that as for sending them.
 */
final class ServiceSteps {

	/**
	 * The minutes of an hour, as rows of {@code rollup_service} say what they were, in
	 * one value: two bytes for the minute within the hour, four for its calls, four for
	 * its errors.
	 */
	static final String BY_MINUTE = "string_agg(" + minute("minute % 60") + ", ''::bytea)";

	private static final int BYTES_OF_MINUTE = Short.BYTES + 2 * Integer.BYTES;

	private static final int HOUR = 60;

	// Of an hour that lies in one step nobody asks what its minutes were. One of form 2
	// always has them; if it had not, its sum would still be right.
	private static final String SQL = """
			with made as materialized (
			    select minute from signals.rollup_hour
			    where project_id = :project and made and form = 2 and minute >= :from and minute + 60 <= :end),
			rest as materialized (
			    select minute from generate_series(:from, :end - 1) as every (minute)
			    where minute - minute %% 60 not in (select minute from made)),
			part as materialized (
			    select service, entry, minute - minute %% 60 as hour, sum(calls) as calls, %2$s as minutes
			    from signals.rollup_service where project_id = :project and minute = any(array(select minute from rest))%1$s
			    group by 1, 2, 3
			    union all
			    select service, entry, minute, calls,
			           case when :whole or by_minute is null then %3$s else by_minute end
			    from signals.rollup_hour_service
			    where project_id = :project and minute = any(array(select minute from made))%1$s),
			top as materialized (
			    select service from part group by service order by sum(calls) desc, service collate "C" limit :limit)
			select service, entry, hour, minutes from part where service in (select service from top)
			""";

	private final JdbcClient jdbc;

	ServiceSteps(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** See {@link ServiceRollups#calls}. */
	List<StepCalls> calls(ProjectId project, MinuteRange range, @Nullable String service, int limit) {
		Map<String, Served> services = new HashMap<>();
		read(project, range, service, limit,
				(name, entry) -> services.computeIfAbsent(name, (_) -> new Served(name, range)).sums(entry));
		List<StepCalls> calls = new ArrayList<>();
		services.values().forEach((served) -> served.addTo(calls));
		return calls;
	}

	/** See {@link ServiceRollups#spans}. */
	List<StepSpans> spans(ProjectId project, MinuteRange range, @Nullable String service) {
		if (service == null) {
			return spans(project, range);
		}
		Sums sums = new Sums(range);
		read(project, range, service, 1, (_, _) -> sums);
		List<StepSpans> spans = new ArrayList<>();
		sums.forEach((step, calls, errors) -> spans.add(new StepSpans(step, calls, errors)));
		return spans;
	}

	private List<StepSpans> spans(ProjectId project, MinuteRange range) {
		return this.jdbc.sql("""
				select (minute - :from) / :step as step, sum(spans), sum(errors) from signals.rollup_minute
				where project_id = :project and minute >= :from and minute < :end
				group by 1 having sum(spans) > 0 order by 1
				""")
			.param("project", project.value())
			.param("from", range.first())
			.param("end", range.end())
			.param("step", range.step())
			.query((row, _) -> new StepSpans(row.getInt(1), row.getLong(2), row.getLong(3)))
			.list();
	}

	/**
	 * @param limit how many services at most, those with the most calls
	 */
	private void read(ProjectId project, MinuteRange range, @Nullable String service, int limit, SumsOf sumsOf) {
		this.jdbc.sql(SQL.formatted((service != null) ? ServiceRollups.OF_SERVICE : "", BY_MINUTE, minute("0")))
			.param("project", project.value())
			.param("from", range.first())
			.param("end", range.end())
			.param("whole", range.step() % HOUR == 0)
			.param("service", service)
			.param("limit", limit)
			.query((row) -> {
				add(row, sumsOf.get(row.getString(1), row.getBoolean(2)));
			});
	}

	private static String minute(String minute) {
		return "int2send((" + minute + ")::smallint) || int4send(calls::integer) || int4send(errors::integer)";
	}

	private static void add(ResultSet row, Sums sums) throws SQLException {
		int hour = row.getInt(3);
		ByteBuffer minutes = ByteBuffer.wrap(row.getBytes(4));
		while (minutes.remaining() >= BYTES_OF_MINUTE) {
			sums.add(hour + minutes.getShort(), minutes.getInt(), minutes.getInt());
		}
	}

	/** Where to add what a row says. */
	@FunctionalInterface
	private interface SumsOf {

		/**
		 * @param entry whether it is about spans by which somebody else came in
		 */
		Sums get(String service, boolean entry);

	}

	@FunctionalInterface
	private interface StepConsumer {

		void accept(int step, long calls, long errors);

	}

	/**
	 * What came in to a service, and all its other spans: they count where nothing did.
	 */
	private static final class Served {

		private final String service;

		private final Sums entries;

		private final Sums others;

		Served(String service, MinuteRange range) {
			this.service = service;
			this.entries = new Sums(range);
			this.others = new Sums(range);
		}

		Sums sums(boolean entry) {
			return entry ? this.entries : this.others;
		}

		void addTo(List<StepCalls> all) {
			(this.entries.hasCalls() ? this.entries : this.others)
				.forEach((step, calls, errors) -> all.add(new StepCalls(this.service, step, calls, errors)));
		}

	}

	/** Calls and errors of each step; whatever is added lies in the range. */
	private static final class Sums {

		private final MinuteRange range;

		private final long[] calls;

		private final long[] errors;

		private boolean hasCalls;

		Sums(MinuteRange range) {
			this.range = range;
			this.calls = new long[range.steps()];
			this.errors = new long[range.steps()];
		}

		void add(int minute, long calls, long errors) {
			int step = (minute - this.range.first()) / this.range.step();
			this.hasCalls |= calls > 0;
			this.calls[step] += calls;
			this.errors[step] += errors;
		}

		boolean hasCalls() {
			return this.hasCalls;
		}

		void forEach(StepConsumer consumer) {
			for (int step = 0; step < this.calls.length; step++) {
				if (this.calls[step] > 0) {
					consumer.accept(step, this.calls[step], this.errors[step]);
				}
			}
		}

	}

}
