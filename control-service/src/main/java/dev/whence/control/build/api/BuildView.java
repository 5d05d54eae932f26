package dev.whence.control.build.api;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.build.Build;
import dev.whence.control.build.BuildStatus;
import org.jspecify.annotations.Nullable;

/**
 * A build as the API shows it. The first ten fields are the original's.
 *
 * @param definition the name or the file that it was made from; null when it was sent
 * along
 * @param workflowUrl where people see the run
 * @param conclusion how the run ended, in GitHub's word
 * @param detail why it waits or failed
 */
record BuildView(long id, @JsonProperty("config_id") @Nullable Long configId,
		@JsonProperty("workflow_run_id") @Nullable Long workflowRunId, BuildStatus status,
		@JsonProperty("image_type") String imageType, @JsonProperty("fedora_version") String fedoraVersion, String ref,
		@JsonProperty("started_at") @Nullable Instant startedAt,
		@JsonProperty("completed_at") @Nullable Instant completedAt, @JsonProperty("created_at") Instant createdAt,
		@Nullable String definition, @JsonProperty("requested_by") String requestedBy,
		@JsonProperty("workflow_url") @Nullable String workflowUrl, @Nullable String conclusion,
		@Nullable String detail) {

	static BuildView of(Build build) {
		return new BuildView(build.id(), build.configId(), build.workflowRunId(), build.status(), build.imageType(),
				build.fedoraVersion(), build.ref(), build.startedAt(), build.completedAt(), build.createdAt(),
				build.definition(), build.requestedBy(), build.workflowUrl(), build.conclusion(), build.detail());
	}

}
