package dev.whence.control.build;

import java.time.Instant;
import java.util.UUID;

import dev.whence.model.ProjectId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/**
 * A build from the request to its end. Once it is at an end nothing changes it any more:
 * methods that would say so with {@code false}.
 */
@Entity
@Table(schema = "control", name = "build")
public class Build {

	private static final int LONGEST_DETAIL = 1000;

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@Version
	private int version;

	private int projectId;

	private @Nullable Long configId;

	private @Nullable String definition;

	@Enumerated(EnumType.STRING)
	private BuildStatus status;

	private String imageType;

	private String fedoraVersion;

	private boolean enablePlymouth;

	private @Nullable String windowManager;

	private @Nullable String desktopEnvironment;

	private String ref;

	private String yamlContent;

	private String requestedBy;

	private UUID marker;

	private String repository;

	private @Nullable Long workflowRunId;

	private @Nullable String workflowUrl;

	private @Nullable String workflowStatus;

	private @Nullable String conclusion;

	private @Nullable String detail;

	private Instant createdAt;

	private @Nullable Instant startedAt;

	private @Nullable Instant completedAt;

	@SuppressWarnings("NullAway.Init")
	protected Build() {
	}

	/** A build that waits for a run. */
	Build(ProjectId project, BuildPlan plan, String repository, String requestedBy, Instant now) {
		this.projectId = project.value();
		this.configId = plan.configId();
		this.definition = plan.definition();
		this.status = BuildStatus.QUEUED;
		this.imageType = plan.imageType();
		this.fedoraVersion = plan.fedoraVersion();
		this.enablePlymouth = plan.enablePlymouth();
		this.windowManager = plan.windowManager();
		this.desktopEnvironment = plan.desktopEnvironment();
		this.ref = plan.ref();
		this.yamlContent = plan.yaml();
		this.requestedBy = requestedBy;
		this.marker = UUID.randomUUID();
		this.repository = repository;
		this.createdAt = now;
	}

	/**
	 * A run was started for it. The run is remembered even when the build has been
	 * cancelled meanwhile, so that the run can be ended, too.
	 * @return whether it goes on
	 */
	public boolean start(long runId, @Nullable String url, Instant now) {
		if (this.workflowRunId == null) {
			this.workflowRunId = runId;
			this.workflowUrl = url;
		}
		if (this.status.isTerminal()) {
			return false;
		}
		this.status = BuildStatus.IN_PROGRESS;
		this.startedAt = now;
		this.detail = null;
		return true;
	}

	/** Something was heard of its run. */
	public boolean report(RunReport run, Instant now) {
		if (this.status.isTerminal() || this.workflowRunId == null || this.workflowRunId != run.runId()) {
			return false;
		}
		this.workflowStatus = run.status();
		this.workflowUrl = (run.url() != null) ? run.url() : this.workflowUrl;
		if (run.startedAt() != null && run.startedAt().isBefore(now)) {
			this.startedAt = run.startedAt();
		}
		if (run.isCompleted()) {
			this.conclusion = (run.conclusion() != null) ? run.conclusion() : "unknown";
			Instant updated = run.updatedAt();
			end(BuildStatus.concluded(this.conclusion), (updated != null && updated.isBefore(now)) ? updated : now);
		}
		else {
			this.status = BuildStatus.IN_PROGRESS;
		}
		return true;
	}

	/** It waits, and this is why. */
	public boolean waitBecause(String reason) {
		if (this.status.isTerminal()) {
			return false;
		}
		this.detail = cut(reason);
		return true;
	}

	/** It ends without a run that could say how. */
	public boolean fail(String reason, Instant now) {
		if (this.status.isTerminal()) {
			return false;
		}
		this.detail = cut(reason);
		end(BuildStatus.FAILURE, now);
		return true;
	}

	/** Somebody does not want it any more. */
	public boolean cancel(Instant now) {
		if (this.status.isTerminal()) {
			return false;
		}
		this.detail = null;
		end(BuildStatus.CANCELLED, now);
		return true;
	}

	private void end(BuildStatus end, Instant at) {
		this.status = end;
		this.completedAt = at;
	}

	private static String cut(String text) {
		return text.substring(0, Math.min(text.length(), LONGEST_DETAIL));
	}

	public long id() {
		if (this.id == null) {
			throw new IllegalStateException("the build has not been stored yet");
		}
		return this.id;
	}

	public ProjectId project() {
		return new ProjectId(this.projectId);
	}

	public @Nullable Long configId() {
		return this.configId;
	}

	public @Nullable String definition() {
		return this.definition;
	}

	public BuildStatus status() {
		return this.status;
	}

	public String imageType() {
		return this.imageType;
	}

	public String fedoraVersion() {
		return this.fedoraVersion;
	}

	public boolean enablePlymouth() {
		return this.enablePlymouth;
	}

	public @Nullable String windowManager() {
		return this.windowManager;
	}

	public @Nullable String desktopEnvironment() {
		return this.desktopEnvironment;
	}

	public String ref() {
		return this.ref;
	}

	public String yaml() {
		return this.yamlContent;
	}

	public String requestedBy() {
		return this.requestedBy;
	}

	/** Names the build to GitHub, nowhere else. */
	public UUID marker() {
		return this.marker;
	}

	/** Owner and name of the repository whose workflow builds it. */
	public String repository() {
		return this.repository;
	}

	public @Nullable Long workflowRunId() {
		return this.workflowRunId;
	}

	public @Nullable String workflowUrl() {
		return this.workflowUrl;
	}

	public @Nullable String workflowStatus() {
		return this.workflowStatus;
	}

	public @Nullable String conclusion() {
		return this.conclusion;
	}

	/** Why it waits or failed. */
	public @Nullable String detail() {
		return this.detail;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public @Nullable Instant startedAt() {
		return this.startedAt;
	}

	public @Nullable Instant completedAt() {
		return this.completedAt;
	}

}
