package dev.whence.control.build.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.build.Build;
import dev.whence.control.build.BuildStatus;
import dev.whence.control.build.Builds;
import dev.whence.control.build.definition.BuildPlans;
import dev.whence.control.build.github.WorkflowRun;
import dev.whence.control.build.tracking.BuildControl;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Builds", description = "Builds of images, each one run of a workflow at GitHub")
class BuildController {

	private static final String COMPLETED = "completed";

	private final BuildPlans plans;

	private final BuildControl control;

	private final Builds builds;

	private final BuildQueries queries;

	BuildController(BuildPlans plans, BuildControl control, Builds builds, BuildQueries queries) {
		this.plans = plans;
		this.control = control;
		this.builds = builds;
		this.queries = queries;
	}

	@PostMapping("/api/build/trigger")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Build an image",
			description = "Starts one run of the configured workflow. When GitHub does not answer in time the build is "
					+ "queued and started later, once.")
	@ApiResponse(responseCode = "202", description = "The build is stored")
	@ApiResponse(responseCode = "400", description = "Nothing to build was named, or it cannot be built")
	@ApiResponse(responseCode = "404", description = "There is no such definition")
	@ApiResponse(responseCode = "502", description = "GitHub refused to start a run; the build has failed")
	@ApiResponse(responseCode = "503", description = "No GitHub token is configured; the build stays queued")
	BuildView trigger(Credential caller, @RequestBody @Valid TriggerBody body) {
		return BuildView.of(this.control.trigger(caller, this.plans.of(caller.project(), body.wanted())));
	}

	@GetMapping({ "/api/build/", "/api/build" })
	@Operation(summary = "The builds, newest first")
	BuildPage list(ProjectId project, @RequestParam(defaultValue = "1") @Min(1) @Max(10_000_000) int page,
			@RequestParam(name = "page_size", defaultValue = "20") @Min(1) @Max(100) int pageSize,
			@RequestParam(required = false) @Parameter(
					description = "pending, queued, in_progress, success, failure or cancelled") @Nullable String status,
			@RequestParam(name = "config_id", required = false) @Nullable Long configId) {
		BuildQueries.Page found = this.queries.page(project, page, pageSize, status(status), configId);
		return new BuildPage(found.builds(), found.total(), page, pageSize);
	}

	@GetMapping("/api/build/{id}")
	@Operation(summary = "One build")
	@ApiResponse(responseCode = "200", description = "The build")
	@ApiResponse(responseCode = "404", description = "There is no such build")
	BuildView get(ProjectId project, @PathVariable long id) {
		return BuildView.of(this.builds.find(project, id));
	}

	@GetMapping("/api/build/{id}/status")
	@Operation(summary = "One build and its run",
			description = "GitHub is asked while the build goes on; what it does not answer is null.")
	@ApiResponse(responseCode = "200", description = "The build and what is known of its run")
	@ApiResponse(responseCode = "404", description = "There is no such build")
	StatusView status(ProjectId project, @PathVariable long id) {
		Build build = this.builds.find(project, id);
		if (build.status().isTerminal()) {
			return StatusView.of(build, (build.conclusion() != null) ? COMPLETED : null, build.workflowUrl(),
					build.conclusion());
		}
		WorkflowRun run = this.control.ask(build).orElse(null);
		Build now = this.builds.find(project, id);
		return (run != null) ? StatusView.of(now, run.status(), run.htmlUrl(), run.conclusion())
				: StatusView.of(now, null, null, null);
	}

	@PostMapping("/api/build/{id}/cancel")
	@Operation(summary = "Cancel a build and its run",
			description = "A build that is cancelled stays so, whatever becomes of a run that was about to end.")
	@ApiResponse(responseCode = "200", description = "The build is cancelled")
	@ApiResponse(responseCode = "400", description = "The build is at its end")
	@ApiResponse(responseCode = "404", description = "There is no such build")
	@ApiResponse(responseCode = "502", description = "GitHub did not end the run; nothing has changed")
	BuildView cancel(Credential caller, @PathVariable long id) {
		return BuildView.of(this.control.cancel(caller, id));
	}

	private static @Nullable BuildStatus status(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		return BuildStatus.named(text)
			.orElseThrow(() -> new ProblemException(ProblemCode.INVALID_PARAMETER, "There is no status '" + text + "'",
					List.of(new FieldError("/status", "is no status of a build")), null));
	}

	/** A page of builds. */
	record BuildPage(List<BuildView> builds, long total, int page, @JsonProperty("page_size") int pageSize) {
	}

	/**
	 * A build and its run.
	 *
	 * @param logsUrl where people read what the run says
	 */
	record StatusView(BuildView build, @JsonProperty("workflow_status") @Nullable String workflowStatus,
			@JsonProperty("workflow_url") @Nullable String workflowUrl, @Nullable String conclusion,
			@JsonProperty("logs_url") @Nullable String logsUrl) {

		static StatusView of(Build build, @Nullable String status, @Nullable String url, @Nullable String conclusion) {
			return new StatusView(BuildView.of(build), status, url, conclusion, (url != null) ? url + "/checks" : null);
		}

	}

}
