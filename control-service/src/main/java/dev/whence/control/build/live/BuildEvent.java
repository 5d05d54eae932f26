package dev.whence.control.build.live;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.build.BuildJournal.Entry;
import dev.whence.control.build.BuildStatus;
import org.jspecify.annotations.Nullable;

/** What happened to a build, as a stream tells it. */
record BuildEvent(long id, BuildStatus status, @JsonProperty("workflow_run_id") @Nullable Long workflowRunId,
		@JsonProperty("workflow_url") @Nullable String workflowUrl, @Nullable String conclusion,
		@Nullable String detail, Instant at) {

	static BuildEvent of(Entry entry) {
		return new BuildEvent(entry.build(), entry.status(), entry.workflowRunId(), entry.workflowUrl(),
				entry.conclusion(), entry.detail(), entry.at());
	}

}
