package dev.whence.store.commit;

import dev.whence.model.ProjectId;
import dev.whence.store.retention.Retention;
import dev.whence.store.table.Table;

/**
 * What rows get when they are written and not before.
 *
 * @param received the time, in nanoseconds since 1970
 */
public record Stamp(long received, Retention retention) {

	/** For how many days rows of the table that are written now are kept. */
	public int days(ProjectId project, Table table) {
		return this.retention.days(project, table);
	}

}
