package dev.whence.store.rejected;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.whence.model.ProjectId;
import dev.whence.store.form.Conditions;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads rejected records; every method is bounded by its limit. */
public final class RejectedRecordReader {

	private static final RowMapper<RejectedRecord> RECORD = (rs, _) -> new RejectedRecord(
			rs.getTimestamp("received_at").toInstant(),
			Transport.valueOf(rs.getString("transport").toUpperCase(Locale.ROOT)), rs.getString("signal_type"),
			reason(rs.getString("reason")), rs.getString("message"), rs.getString("service"), rs.getString("signal_id"),
			rs.getString("excerpt"));

	private final JdbcClient jdbc;

	RejectedRecordReader(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The records that match, newest first. */
	public List<RejectedRecord> search(ProjectId project, RejectedRecordFilter filter, int limit, long offset) {
		Conditions conditions = conditions(project, filter);
		return this.jdbc.sql("""
				select received_at, transport, signal_type, reason, message, service, signal_id, excerpt
				from %s where %s
				order by received_at desc, id desc limit :limit offset :offset
				""".formatted(Table.REJECTED_RECORD, conditions.sql()))
			.params(conditions.parameters())
			.param("limit", limit)
			.param("offset", offset)
			.query(RECORD)
			.list();
	}

	/** How many records match, counted no further than {@code most}. */
	public long count(ProjectId project, RejectedRecordFilter filter, long most) {
		Conditions conditions = conditions(project, filter);
		return this.jdbc.sql("""
				select count(*) from (select 1 from %s where %s limit :most) counted
				""".formatted(Table.REJECTED_RECORD, conditions.sql()))
			.params(conditions.parameters())
			.param("most", most)
			.query(Long.class)
			.single();
	}

	/** How many records match, by reason, the most frequent first. */
	public Map<RejectionReason, Long> countByReason(ProjectId project, RejectedRecordFilter filter) {
		Conditions conditions = conditions(project, filter);
		Map<RejectionReason, Long> counts = new LinkedHashMap<>();
		this.jdbc
			.sql("select reason, count(*) from %s where %s group by reason order by 2 desc, reason"
				.formatted(Table.REJECTED_RECORD, conditions.sql()))
			.params(conditions.parameters())
			.query((row) -> {
				counts.put(reason(row.getString(1)), row.getLong(2));
			});
		return counts;
	}

	private static RejectionReason reason(String wireName) {
		return RejectionReason.valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

	private static Conditions conditions(ProjectId project, RejectedRecordFilter filter) {
		return Conditions.of(project)
			.and("reason = :reason", "reason", (filter.reason() != null) ? filter.reason().wireName() : null)
			.and("service = :service", "service", filter.serviceName())
			.and("signal_type = :type", "type", filter.signalType())
			.and("received_at >= :from", "from", timestamp(filter.from()))
			.and("received_at <= :to", "to", timestamp(filter.to()));
	}

	private static @Nullable Timestamp timestamp(@Nullable Instant time) {
		return (time != null) ? Timestamp.from(time) : null;
	}

}
