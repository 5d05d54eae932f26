package dev.whence.store.write;

import java.util.List;

import dev.whence.model.ProjectId;
import dev.whence.store.RunEventWriter;
import dev.whence.store.RunSubmission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.commit.SharedCommits;

/** Turns events of runs into rows, which share commits with all other calls. */
public final class QueuedRunEventWriter implements RunEventWriter {

	private final SharedCommits commits;

	public QueuedRunEventWriter(SharedCommits commits) {
		this.commits = commits;
	}

	@Override
	public List<WriteOutcome> write(ProjectId project, List<RunSubmission> submissions) {
		return this.commits
			.write(submissions.stream().map((submission) -> RunEventRows.of(project, submission)).toList());
	}

}
