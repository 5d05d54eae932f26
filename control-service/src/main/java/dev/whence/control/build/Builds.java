package dev.whence.control.build;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The builds. Whatever changes one goes through here: under the lock of its row, with an
 * entry in the journal in the same transaction.
 */
@Service
public class Builds {

	private final BuildRepository repository;

	private final BuildJournal journal;

	private final InstantSource clock;

	Builds(BuildRepository repository, BuildJournal journal, InstantSource clock) {
		this.repository = repository;
		this.journal = journal;
		this.clock = clock;
	}

	/** Stores a new build in the caller's transaction. */
	@Transactional(propagation = Propagation.MANDATORY)
	public Build add(ProjectId project, BuildPlan plan, String repository, String requestedBy) {
		Instant now = now();
		Build build = this.repository.saveAndFlush(new Build(project, plan, repository, requestedBy, now));
		this.journal.note(build, now);
		return build;
	}

	/**
	 * The build of the project.
	 * @throws ProblemException {@code NOT_FOUND} when there is none, or it is another's
	 */
	@Transactional(readOnly = true)
	public Build find(ProjectId project, long id) {
		return this.repository.findByIdAndProjectId(id, project.value())
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Build " + id + " not found"));
	}

	@Transactional(readOnly = true)
	public Optional<Build> find(long id) {
		return this.repository.findById(id);
	}

	/** The build as it stays until the caller's transaction ends. */
	@Transactional(propagation = Propagation.MANDATORY)
	public Build lock(long id) {
		return this.repository.lock(id).orElseThrow(() -> new IllegalStateException("there is no build " + id));
	}

	/** The build that a run belongs to. */
	@Transactional(readOnly = true)
	public Optional<Build> ofRun(String repository, long runId) {
		return this.repository.findByRepositoryIgnoreCaseAndWorkflowRunId(repository, runId);
	}

	/** The build that is marked so. */
	@Transactional(readOnly = true)
	public Optional<Build> marked(UUID marker) {
		return this.repository.findByMarker(marker);
	}

	/**
	 * Changes a build.
	 * @param change returns whether it changed something
	 * @return the build as it is now, and whether it was changed
	 */
	@Transactional
	public Changed change(long id, BiPredicate<Build, Instant> change) {
		Build build = lock(id);
		State before = State.of(build);
		Instant now = now();
		boolean changed = change.test(build, now);
		this.repository.saveAndFlush(build);
		if (changed && !before.equals(State.of(build))) {
			this.journal.note(build, now);
		}
		return new Changed(build, changed);
	}

	/** As precise as the database keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	/** A build and whether something was changed about it. */
	public record Changed(Build build, boolean changed) {
	}

	/** What others are told of when it changes. */
	private record State(BuildStatus status, String run, String detail) {

		static State of(Build build) {
			return new State(build.status(), String.valueOf(build.workflowRunId()),
					Objects.requireNonNullElse(build.detail(), ""));
		}

	}

}
