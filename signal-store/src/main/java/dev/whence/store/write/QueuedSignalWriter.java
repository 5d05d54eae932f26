package dev.whence.store.write;

import java.util.ArrayList;
import java.util.List;

import dev.whence.model.ProjectId;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.commit.Bundle;
import dev.whence.store.commit.SharedCommits;

/** Turns submissions into rows, which share commits with those of other calls. */
public final class QueuedSignalWriter implements SignalWriter {

	private final SharedCommits commits;

	public QueuedSignalWriter(SharedCommits commits) {
		this.commits = commits;
	}

	@Override
	public List<WriteOutcome> write(ProjectId project, List<Submission> submissions) {
		List<Bundle> bundles = new ArrayList<>(submissions.size());
		for (Submission submission : submissions) {
			bundles.add(SignalRows.of(project, submission));
		}
		return this.commits.write(bundles);
	}

}
