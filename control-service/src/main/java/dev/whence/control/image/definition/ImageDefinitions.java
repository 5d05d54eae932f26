package dev.whence.control.image.definition;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.whence.control.audit.Audit;
import dev.whence.control.image.validation.DefinitionValidator;
import dev.whence.control.image.validation.Problem;
import dev.whence.control.image.validation.Verdict;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The definitions of a project. Names are unique within it, case counts. Every write
 * checks the text first and appends a version; of two writes at the same time one is done
 * and the other is a conflict.
 */
@Service
public class ImageDefinitions {

	private final ImageDefinitionRepository repository;

	private final DefinitionVersions versions;

	private final DefinitionValidator validator;

	private final Audit audit;

	private final InstantSource clock;

	ImageDefinitions(ImageDefinitionRepository repository, DefinitionVersions versions, DefinitionValidator validator,
			Audit audit, InstantSource clock) {
		this.repository = repository;
		this.versions = versions;
		this.validator = validator;
		this.audit = audit;
		this.clock = clock;
	}

	/** The definition with this id, if it is one of the project. */
	@Transactional(readOnly = true)
	public Optional<ImageDefinition> find(ProjectId project, long id) {
		return this.repository.findByIdAndProjectId(id, project.value());
	}

	/**
	 * The definition with this id.
	 * @throws ProblemException {@code NOT_FOUND} unless it is one of the project
	 */
	@Transactional(readOnly = true)
	public ImageDefinition get(ProjectId project, long id) {
		return find(project, id).orElseThrow(() -> notFound(id));
	}

	/**
	 * A page of definitions, the latest written first.
	 * @param text what their name or description contains; empty for all
	 * @param page from 1
	 */
	@Transactional(readOnly = true)
	public Page<ImageDefinition> list(ProjectId project, String text, int page, int size) {
		return this.repository.search(project.value(), text, PageRequest.of(page - 1, size));
	}

	/**
	 * Stores a new definition.
	 * @throws ProblemException {@code CONFLICT} if the name is taken, {@code REFUSED} if
	 * the text is not valid
	 */
	@Transactional
	public ImageDefinition create(Credential author, DefinitionContent content) {
		requireFree(author.project(), content.name());
		requireValid(content.yaml());
		return save(author, new ImageDefinition(author.project(), content, now()), "created", null);
	}

	/**
	 * Replaces a definition.
	 * @param expected the version that the author has seen; null if they do not say
	 * @throws ProblemException as {@link #create}; {@code PRECONDITION_FAILED} if it is
	 * not what the author has seen
	 */
	@Transactional
	public ImageDefinition replace(Credential author, long id, DefinitionContent content, @Nullable Integer expected) {
		ImageDefinition definition = expected(get(author.project(), id), expected);
		if (!definition.content().name().equals(content.name())) {
			requireFree(author.project(), content.name());
		}
		requireValid(content.yaml());
		definition.write(content, now());
		return save(author, definition, "replaced", null);
	}

	/** Replaces the definition of the name, or stores a new one. */
	@Transactional
	public ImageDefinition upsert(Credential author, DefinitionContent content) {
		requireValid(content.yaml());
		this.versions.lockName(author.project(), content.name());
		Optional<ImageDefinition> known = this.repository.findByNameAndProjectId(content.name(),
				author.project().value());
		known.ifPresent((definition) -> definition.write(content, now()));
		return save(author, known.orElseGet(() -> new ImageDefinition(author.project(), content, now())),
				known.isPresent() ? "replaced" : "created", null);
	}

	/** Deletes a definition with all its versions. */
	@Transactional
	public void delete(Credential author, long id, @Nullable Integer expected) {
		ImageDefinition definition = expected(get(author.project(), id), expected);
		this.repository.delete(definition);
		record(author, "deleted", definition, Map.of());
	}

	/** Versions of a definition, the newest first. */
	@Transactional(readOnly = true)
	public List<DefinitionVersion> versions(ProjectId project, long id, int page, int size) {
		return this.versions.page(project, get(project, id).id(), (page - 1) * size, size);
	}

	/**
	 * One version.
	 * @throws ProblemException {@code NOT_FOUND} unless there is this one
	 */
	@Transactional(readOnly = true)
	public DefinitionVersion version(ProjectId project, long id, int number) {
		return this.versions.find(project, get(project, id).id(), number)
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND,
					"Configuration %d has no version %d".formatted(id, number)));
	}

	/**
	 * Writes an older version again, as a new one. The name stays as it is: the old one
	 * may be somebody else's by now.
	 */
	@Transactional
	public ImageDefinition restore(Credential author, long id, int number, @Nullable Integer expected) {
		ImageDefinition definition = expected(get(author.project(), id), expected);
		DefinitionContent old = version(author.project(), id, number).content();
		requireValid(old.yaml());
		definition.write(old.renamed(definition.content().name()), now());
		return save(author, definition, "restored", number);
	}

	private ImageDefinition save(Credential author, ImageDefinition definition, String what,
			@Nullable Integer restores) {
		try {
			ImageDefinition saved = this.repository.saveAndFlush(definition);
			this.versions.append(author.project(), saved, author.name(), restores);
			record(author, what, saved, (restores != null) ? Map.of("version", saved.number(), "restores", restores)
					: Map.of("version", saved.number()));
			return saved;
		}
		catch (OptimisticLockingFailureException ex) {
			throw new ProblemException(ProblemCode.CONFLICT,
					"Configuration '%s' was changed at the same time".formatted(definition.content().name()), List.of(),
					ex);
		}
		catch (DataIntegrityViolationException ex) {
			throw taken(definition.content().name(), ex);
		}
	}

	private void record(Credential author, String what, ImageDefinition definition, Map<String, ?> details) {
		Map<String, Object> all = new LinkedHashMap<>(details);
		all.put("name", definition.content().name());
		this.audit.record(author, "image_definition." + what, "image_definition", definition.id(), all);
	}

	private void requireFree(ProjectId project, String name) {
		if (this.repository.findByNameAndProjectId(name, project.value()).isPresent()) {
			throw taken(name, null);
		}
	}

	private void requireValid(String yaml) {
		Verdict verdict = this.validator.validate(yaml);
		if (!verdict.isValid()) {
			throw new ProblemException(ProblemCode.REFUSED,
					"Invalid YAML configuration: " + String.join(", ", verdict.errors()),
					verdict.problems()
						.stream()
						.filter(Problem::isError)
						.map((problem) -> new FieldError("/yaml_content", problem.inOneLine()))
						.toList(),
					null);
		}
	}

	private static ImageDefinition expected(ImageDefinition definition, @Nullable Integer expected) {
		if (expected != null && expected != definition.number()) {
			throw new ProblemException(ProblemCode.PRECONDITION_FAILED,
					"The configuration is at version %d, not %d".formatted(definition.number(), expected));
		}
		return definition;
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static ProblemException taken(String name, @Nullable Throwable cause) {
		return new ProblemException(ProblemCode.CONFLICT, "Configuration '%s' already exists".formatted(name),
				List.of(new FieldError("/name", "is taken")), cause);
	}

	private static ProblemException notFound(long id) {
		return new ProblemException(ProblemCode.NOT_FOUND, "Configuration %d not found".formatted(id));
	}

}
