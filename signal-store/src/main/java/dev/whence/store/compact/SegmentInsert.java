package dev.whence.store.compact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import dev.whence.store.segment.OpenSegment;
import dev.whence.store.segment.Segment;
import dev.whence.store.segment.SegmentEncoder;
import dev.whence.store.segment.StoredRow;
import dev.whence.store.table.Table;

/** Writes rows as a segment, in the transaction of the connection. */
final class SegmentInsert {

	private static final String SQL = "insert into " + Table.SEGMENT
			+ """
					 (time, received, segment_id, project_id, retention_days, last_time, rows, services, directory, data, ids, words, trace_index)
					values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

	private SegmentInsert() {
	}

	/**
	 * Encodes, reads again, compares and inserts.
	 * @throws SegmentMismatchException when what was encoded is not what the rows are
	 */
	static void run(Connection connection, int project, int retentionDays, List<StoredRow> rows) throws SQLException {
		SegmentEncoder.Encoded encoded = SegmentEncoder.encode(project, retentionDays, rows);
		Segment segment = encoded.segment();
		if (!OpenSegment.of(segment).holds(encoded.rows())) {
			throw new SegmentMismatchException(
					rows.size() + " rows of project " + project + " do not read back as they were");
		}
		if (Math.subtractExact(segment.lastTime(), segment.firstTime()) >= Segment.LONGEST) {
			throw new SegmentMismatchException(
					"rows of project " + project + " from " + segment.firstTime() + " on are of more than a day");
		}
		try (PreparedStatement insert = connection.prepareStatement(SQL)) {
			insert.setLong(1, segment.firstTime());
			insert.setLong(2, segment.received());
			insert.setObject(3, UUID.randomUUID());
			insert.setInt(4, segment.project());
			insert.setShort(5, (short) segment.retentionDays());
			insert.setLong(6, segment.lastTime());
			insert.setInt(7, segment.rows());
			insert.setArray(8, connection.createArrayOf("text", segment.services().toArray()));
			insert.setBytes(9, segment.directory());
			insert.setBytes(10, segment.data());
			insert.setBytes(11, segment.ids());
			insert.setBytes(12, segment.words());
			insert.setBytes(13, segment.traceIndex());
			insert.executeUpdate();
		}
	}

}
