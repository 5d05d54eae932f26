package dev.whence.control.project;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import dev.whence.control.audit.Actor;
import dev.whence.control.audit.Audit;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The projects, as the caller may see them. An administrator of project 1 runs the
 * installation and sees all; everybody else sees their own and gets "not found" for the
 * rest, so that nobody learns what others have.
 */
@Service
public class Projects {

	private static final int MOST = 1000;

	private final ProjectRepository repository;

	private final Audit audit;

	private final InstantSource clock;

	Projects(ProjectRepository repository, Audit audit, InstantSource clock) {
		this.repository = repository;
		this.audit = audit;
		this.clock = clock;
	}

	/**
	 * The project with this id.
	 * @throws ProblemException {@code NOT_FOUND} unless it exists and is the caller's to
	 * see
	 */
	@Transactional(readOnly = true)
	public ProjectId visible(Credential caller, int id) {
		return new ProjectId(find(caller, id).id());
	}

	/** Whether the caller may know about this project. */
	public static boolean isVisible(Credential caller, ProjectId project) {
		return caller.runsTheInstallation() || caller.project().equals(project);
	}

	@Transactional(readOnly = true)
	Project find(Credential caller, int id) {
		if (id < 1 || !isVisible(caller, new ProjectId(id))) {
			throw notFound();
		}
		return this.repository.findById(id).orElseThrow(Projects::notFound);
	}

	@Transactional(readOnly = true)
	List<Project> list(Credential caller) {
		return caller.runsTheInstallation() ? this.repository.findAllByOrderById(Limit.of(MOST))
				: this.repository.findById(caller.project().value()).stream().toList();
	}

	@Transactional
	Project create(Credential caller, String name) {
		if (!caller.runsTheInstallation()) {
			throw new ProblemException(ProblemCode.FORBIDDEN, "Only an administrator of project 1 creates projects");
		}
		Project created = save(new Project(name, this.clock.instant().truncatedTo(ChronoUnit.MICROS)));
		this.audit.record(Actor.of(caller), new ProjectId(created.id()), "project.created", "project", created.id(),
				Map.of("name", name));
		return created;
	}

	@Transactional
	Project rename(Credential caller, int id, String name) {
		Project project = find(caller, id);
		String before = project.name();
		project.rename(name);
		Project renamed = save(project);
		this.audit.record(Actor.of(caller), new ProjectId(id), "project.renamed", "project", id,
				Map.of("from", before, "to", name));
		return renamed;
	}

	private Project save(Project project) {
		try {
			return this.repository.saveAndFlush(project);
		}
		catch (DataIntegrityViolationException ex) {
			throw new ProblemException(ProblemCode.CONFLICT, "Another project has the name '" + project.name() + "'",
					List.of(new FieldError("/name", "is taken")), ex);
		}
	}

	private static ProblemException notFound() {
		return new ProblemException(ProblemCode.NOT_FOUND, "There is no such project");
	}

}
