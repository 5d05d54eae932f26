package dev.whence.control.build.webhook;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.build.github.WorkflowRun;
import org.jspecify.annotations.Nullable;

/** What of a delivery is of use; each event has other parts. */
record Payload(@Nullable String action, @Nullable Repository repository,
		@JsonProperty("workflow_run") @Nullable WorkflowRun run, @Nullable Deployment deployment,
		@JsonProperty("deployment_status") @Nullable DeploymentStatus deploymentStatus, @Nullable String ref,
		@Nullable String after, @Nullable Boolean deleted, @Nullable List<Commit> commits,
		@JsonProperty("head_commit") @Nullable Commit head, @Nullable String compare) {

	record Repository(@JsonProperty("full_name") @Nullable String fullName,
			@JsonProperty("default_branch") @Nullable String defaultBranch) {
	}

	/**
	 * @param payload whatever the one who deploys has added
	 */
	record Deployment(long id, @Nullable String ref, @Nullable String sha, @Nullable String environment,
			@Nullable Object payload) {
	}

	record DeploymentStatus(long id, @Nullable String state, @JsonProperty("updated_at") @Nullable Instant updatedAt,
			@JsonProperty("created_at") @Nullable Instant createdAt,
			@JsonProperty("target_url") @Nullable String targetUrl) {
	}

	record Commit(@Nullable String id, @Nullable String message) {
	}

}
