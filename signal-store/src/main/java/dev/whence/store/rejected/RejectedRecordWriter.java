package dev.whence.store.rejected;

import java.sql.Timestamp;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import dev.whence.model.ProjectId;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps rejected records for some days, see {@link Table#REJECTED_RECORD}. One statement
 * per call, which is a transaction of its own.
 */
public final class RejectedRecordWriter {

	private final JdbcClient jdbc;

	RejectedRecordWriter(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public void write(ProjectId project, List<RejectedRecord> records) {
		this.jdbc.sql(Table.REJECTED_RECORD.insertStatement())
			.params(Collections.nCopies(records.size(), project.value()).toArray(Integer[]::new),
					records.stream().map((record) -> Timestamp.from(record.receivedAt())).toArray(Timestamp[]::new),
					texts(records, (record) -> record.transport().wireName()),
					texts(records, RejectedRecord::signalType), texts(records, (record) -> record.reason().wireName()),
					texts(records, RejectedRecord::message), texts(records, RejectedRecord::serviceName),
					texts(records, RejectedRecord::signalId), texts(records, RejectedRecord::excerpt))
			.update();
	}

	private static @Nullable String[] texts(List<RejectedRecord> records,
			Function<RejectedRecord, @Nullable String> text) {
		return records.stream().map(text).toArray(String[]::new);
	}

}
