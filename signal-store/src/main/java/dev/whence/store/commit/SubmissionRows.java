package dev.whence.store.commit;

import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.store.Submission;
import dev.whence.store.copy.CopyBatch;
import dev.whence.store.retention.Retention;
import dev.whence.store.table.Table;

/**
 * Gathers the rows of submissions: the signal, its key if a client chose the id, its
 * problem.
 */
final class SubmissionRows {

	private final CopyBatch batch;

	private final Retention retention;

	private final long received;

	SubmissionRows(Retention retention, long received, int expected) {
		this.batch = new CopyBatch(expected);
		this.retention = retention;
		this.received = received;
	}

	void add(ProjectId project, Submission submission) {
		Signal signal = submission.signal();
		RowEncoder.signal(project, signal, this.retention.days(project, signal.type()), this.received,
				this.batch.into(Table.of(signal.type())));
		if (submission.idFromClient()) {
			RowEncoder.key(project, submission, this.received, this.batch.into(Table.SIGNAL_KEY));
		}
		Problem problem = submission.problem();
		if (problem != null) {
			RowEncoder.problem(project, problem, this.batch.into(Table.PROBLEM));
		}
	}

	CopyBatch batch() {
		return this.batch;
	}

}
