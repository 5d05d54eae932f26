package dev.whence.control.build.github;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The paths of GitHub's REST API, version 2022-11-28. Answers that are not of the 2xx
 * kind are thrown as {@link GitHubException}.
 */
@HttpExchange(accept = "application/vnd.github+json")
interface GitHubApi {

	@GetExchange("/repos/{owner}/{repository}")
	Repository repository(@PathVariable String owner, @PathVariable String repository);

	@GetExchange("/repos/{owner}/{repository}/actions/workflows/{file}")
	Workflow workflow(@PathVariable String owner, @PathVariable String repository, @PathVariable String file);

	/** The answer in bytes: whatever is in it, the run was started. */
	@PostExchange(url = "/repos/{owner}/{repository}/actions/workflows/{workflow}/dispatches",
			contentType = "application/json")
	ResponseEntity<byte[]> dispatch(@PathVariable String owner, @PathVariable String repository,
			@PathVariable long workflow, @RequestBody DispatchBody body);

	/** Newest first. */
	@GetExchange("/repos/{owner}/{repository}/actions/workflows/{workflow}/runs")
	Runs runs(@PathVariable String owner, @PathVariable String repository, @PathVariable long workflow,
			@RequestParam String branch, @RequestParam String event,
			@RequestParam(name = "created", required = false) @Nullable String created,
			@RequestParam(name = "per_page") int perPage);

	@GetExchange("/repos/{owner}/{repository}/actions/runs/{run}")
	WorkflowRun run(@PathVariable String owner, @PathVariable String repository, @PathVariable long run);

	@PostExchange("/repos/{owner}/{repository}/actions/runs/{run}/cancel")
	ResponseEntity<byte[]> cancel(@PathVariable String owner, @PathVariable String repository, @PathVariable long run);

	/** Whom the token belongs to; tokens of apps may not ask. */
	@GetExchange("/user")
	GitHubUser user();

	record Repository(@JsonProperty("full_name") String fullName) {
	}

	record Workflow(long id, @Nullable String state) {

		public Workflow {
			if (id <= 0) {
				throw new IllegalArgumentException("a workflow without an id");
			}
		}

	}

	/**
	 * What a dispatch asks for; the last field is left out where it is not understood.
	 */
	record DispatchBody(String ref, Map<String, String> inputs,
			@JsonProperty("return_run_details") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean details) {
	}

	record RunDetails(@JsonProperty("workflow_run_id") long runId, @JsonProperty("html_url") @Nullable String htmlUrl) {
	}

	record Runs(@JsonProperty("workflow_runs") List<WorkflowRun> runs) {
	}

	/** An error as GitHub words it. */
	record Trouble(@Nullable String message) {
	}

	/** The {@code created} qualifier for what is not older than the time. */
	static String since(Instant time) {
		return ">=" + time.truncatedTo(ChronoUnit.SECONDS);
	}

}
