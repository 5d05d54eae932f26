package dev.whence.store.rejected;

import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps rejected records for seven days, in partitions of a day. One statement per call,
 * which is a transaction of its own.
 */
public final class RejectedRecordWriter {

	private final JdbcClient jdbc;

	RejectedRecordWriter(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public void write(ProjectId project, List<RejectedRecord> records) {
		this.jdbc.sql("""
				insert into signals.rejected_record
				    (project_id, received_at, transport, signal_type, reason, message, service, signal_id, excerpt)
				select :project, rows.* from unnest(:times::timestamptz[], :transports::text[], :types::text[],
				    :reasons::text[], :messages::text[], :services::text[], :ids::text[], :excerpts::text[]) as rows
				""")
			.param("project", project.value())
			.param("times",
					records.stream().map((record) -> Timestamp.from(record.receivedAt())).toArray(Timestamp[]::new))
			.param("transports", texts(records, (record) -> record.transport().wireName()))
			.param("types", texts(records, RejectedRecord::signalType))
			.param("reasons", texts(records, (record) -> record.reason().wireName()))
			.param("messages", texts(records, RejectedRecord::message))
			.param("services", texts(records, RejectedRecord::serviceName))
			.param("ids", texts(records, RejectedRecord::signalId))
			.param("excerpts", texts(records, RejectedRecord::excerpt))
			.update();
	}

	/**
	 * Makes the partitions of the next days and drops those that are too old; safe to
	 * call from every replica at once.
	 * @return how many were made and dropped
	 */
	public int rotate() {
		return Objects
			.requireNonNull(this.jdbc.sql("select signals.rotate_rejected_records()").query(Integer.class).single());
	}

	private static @Nullable String[] texts(List<RejectedRecord> records,
			Function<RejectedRecord, @Nullable String> text) {
		return records.stream().map(text).toArray(String[]::new);
	}

}
