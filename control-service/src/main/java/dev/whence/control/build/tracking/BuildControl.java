package dev.whence.control.build.tracking;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.whence.control.audit.Audit;
import dev.whence.control.build.Build;
import dev.whence.control.build.BuildPlan;
import dev.whence.control.build.BuildStatus;
import dev.whence.control.build.Builds;
import dev.whence.control.build.github.GitHub;
import dev.whence.control.build.github.GitHubException;
import dev.whence.control.build.github.WorkflowRun;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What people and GitHub may ask of builds. */
@Service
public class BuildControl {

	private static final Logger log = LoggerFactory.getLogger(BuildControl.class);

	/** Whoever asked begins the build; should that process die, others do so then. */
	private static final Duration HEAD_START = Duration.ofSeconds(3);

	private static final Pattern MARKER = Pattern
		.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");

	private final Builds builds;

	private final BuildTasks tasks;

	private final BuildSteps steps;

	private final BuildTracker tracker;

	private final GitHub github;

	private final Audit audit;

	private final TransactionTemplate transactions;

	BuildControl(Builds builds, BuildTasks tasks, BuildSteps steps, BuildTracker tracker, GitHub github, Audit audit,
			TransactionTemplate transactions) {
		this.builds = builds;
		this.tasks = tasks;
		this.steps = steps;
		this.tracker = tracker;
		this.github = github;
		this.audit = audit;
		this.transactions = transactions;
	}

	/**
	 * Stores a build and starts its run. A build whose run could not be started in time
	 * waits, and is returned so.
	 * @throws ProblemException {@code DEPENDENCY_UNAVAILABLE} without a token, the build
	 * is stored all the same; {@code UPSTREAM_FAILED} when GitHub has refused it
	 */
	public Build trigger(Credential caller, BuildPlan plan) {
		ProjectId project = caller.project();
		boolean configured = this.github.isConfigured();
		Build build = Objects.requireNonNull(this.transactions.execute((_) -> {
			Build added = this.builds.add(project, plan, this.github.repository(), caller.name());
			this.tasks.add(added.id(), configured ? Phase.DISPATCH : Phase.PARKED, HEAD_START);
			this.audit.record(caller, "build.triggered", "build", added.id(),
					Map.of("image_type", added.imageType(), "ref", added.ref()));
			return added;
		}));
		if (!configured) {
			throw new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE,
					"GitHub token is not configured: set GITHUB_TOKEN and GITHUB_REPO. Build " + build.id()
							+ " stays queued and is not started");
		}
		this.tracker.begin(build.id());
		Build now = this.builds.find(project, build.id());
		if (now.status() == BuildStatus.FAILURE && now.workflowRunId() == null) {
			throw new ProblemException(ProblemCode.UPSTREAM_FAILED,
					"Failed to trigger build " + now.id() + ": " + now.detail());
		}
		return now;
	}

	/**
	 * Cancels a build that is not at its end, and its run.
	 * @throws ProblemException {@code REFUSED} when it is at its end;
	 * {@code UPSTREAM_FAILED} when GitHub did not take it: nothing has changed then
	 */
	public Build cancel(Credential caller, long id) {
		ProjectId project = caller.project();
		Build build = this.builds.find(project, id);
		if (build.status() != BuildStatus.QUEUED && build.status() != BuildStatus.IN_PROGRESS) {
			throw notCancellable(build);
		}
		Long run = build.workflowRunId();
		if (run != null && !endedAtGitHub(build, run)) {
			Build ended = this.builds.find(project, id);
			if (ended.status().isTerminal() && ended.status() != BuildStatus.CANCELLED) {
				throw notCancellable(ended);
			}
		}
		Builds.Changed changed = Objects.requireNonNull(this.transactions.execute((_) -> {
			Builds.Changed cancelled = this.builds.change(id, Build::cancel);
			if (cancelled.changed()) {
				forget(cancelled.build(), run);
				this.audit.record(caller, "build.cancelled", "build", id, Map.of());
			}
			return cancelled;
		}));
		if (!changed.changed() && changed.build().status() != BuildStatus.CANCELLED) {
			throw notCancellable(changed.build());
		}
		return changed.build();
	}

	/**
	 * How the run of a build is, as GitHub says right now; what it says is noted. Empty
	 * when there is no run or GitHub does not say.
	 */
	public Optional<WorkflowRun> ask(Build build) {
		Long run = build.workflowRunId();
		if (run == null) {
			return Optional.empty();
		}
		try {
			WorkflowRun told = this.github.run(run);
			this.steps.report(build.id(), told);
			return Optional.of(told);
		}
		catch (GitHubException ex) {
			log.debug("The run of build {} cannot be seen: {}", build.id(), ex.reason());
			return Optional.empty();
		}
	}

	/** GitHub told how a run is. */
	public void heard(String repository, WorkflowRun run) {
		Optional<Build> build = this.builds.ofRun(repository, run.id());
		if (build.isPresent()) {
			this.steps.report(build.get().id(), run);
			return;
		}
		if (run.branch() != null) {
			this.tasks.hasten(repository, run.branch());
		}
		// The run of a build that had been given up, if it says whose it is.
		if (!run.isCompleted()) {
			marker(run).flatMap(this.builds::marked)
				.filter((marked) -> marked.status().isTerminal() && marked.workflowRunId() == null)
				.ifPresent((marked) -> this.tasks.add(marked.id(), Phase.STOP, Duration.ZERO));
		}
	}

	private boolean endedAtGitHub(Build build, long run) {
		try {
			if (this.github.cancel(run)) {
				return true;
			}
			this.steps.report(build.id(), this.github.run(run));
			return false;
		}
		catch (GitHubException ex) {
			throw new ProblemException(ProblemCode.UPSTREAM_FAILED,
					"Failed to cancel the workflow run: " + ex.reason());
		}
	}

	// A run that came up meanwhile, or still may, is ended later.
	private void forget(Build build, @Nullable Long ended) {
		boolean asked = this.tasks.phase(build.id())
			.filter((phase) -> phase == Phase.ASKED || phase == Phase.ACCEPTED)
			.isPresent();
		if (asked || !Objects.equals(build.workflowRunId(), ended)) {
			this.tasks.add(build.id(), Phase.STOP, Duration.ZERO);
		}
		else {
			this.tasks.remove(build.id());
		}
	}

	private static Optional<UUID> marker(WorkflowRun run) {
		String title = run.displayTitle();
		return (title == null) ? Optional.empty()
				: MARKER.matcher(title).results().map((found) -> UUID.fromString(found.group())).findFirst();
	}

	private static ProblemException notCancellable(Build build) {
		return new ProblemException(ProblemCode.REFUSED,
				"Cannot cancel build in status: BuildStatus." + build.status().name());
	}

}
