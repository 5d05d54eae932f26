package dev.whence.control.build.definition;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.whence.control.build.BuildPlan;
import dev.whence.control.build.definition.DefinitionSource.Definition;
import dev.whence.control.image.vocabulary.ImageType;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Decides what a request builds: a stored definition before a file, a file before a text
 * that was sent along, that before one that fits a described system. What the request
 * says about the image comes before what the definition says.
 */
@Component
public class BuildPlans {

	private static final String FEDORA_VERSION = "43";

	private static final boolean PLYMOUTH = true;

	private final DefinitionSource definitions;

	BuildPlans(DefinitionSource definitions) {
		this.definitions = definitions;
	}

	/**
	 * The plan for a request.
	 * @throws ProblemException {@code NOT_FOUND} or {@code REFUSED}, in the original's
	 * words
	 */
	public BuildPlan of(ProjectId project, WantedBuild wanted) {
		if (wanted.configId() != null) {
			long id = wanted.configId();
			Definition stored = this.definitions.stored(project, id)
				.orElseThrow(() -> notFound("Configuration " + id + " not found"));
			return plan(wanted, id, stored, stored.name());
		}
		if (wanted.definitionFilename() != null) {
			String name = filename(wanted.definitionFilename());
			Definition file = this.definitions.file(name)
				.orElseThrow(() -> notFound("Definition '" + name + "' not found"));
			return plan(wanted, null, file, name);
		}
		if (wanted.yamlContent() != null) {
			return plan(wanted, null, new Definition("", wanted.yamlContent(), null, null, null), null);
		}
		if (wanted.describesASystem()) {
			return selected(wanted);
		}
		throw new ProblemException(ProblemCode.REFUSED,
				"config_id, yaml_content, or definition_filename must be provided");
	}

	private BuildPlan selected(WantedBuild wanted) {
		String file = null;
		Optional<Definition> found = Optional.empty();
		for (String name : AutoSelect.files(wanted.os(), wanted.imageType(), wanted.windowManager(),
				wanted.desktopEnvironment())) {
			found = isPlain(name) ? this.definitions.file(name) : Optional.empty();
			if (found.isPresent()) {
				file = name;
				break;
			}
		}
		Definition definition = found.orElseThrow(() -> notFound("No definition fits the described system"));
		requireValid(definition.yaml());
		BuildPlan plan = plan(wanted, null, definition, file);
		boolean bootc = plan.imageType().contains("bootc");
		String yaml = Yaml.customised(definition.yaml(), plan.fedoraVersion(), plan.enablePlymouth(),
				bootc ? wanted.windowManager() : null, bootc ? wanted.desktopEnvironment() : null);
		return new BuildPlan(null, file, yaml, plan.imageType(), plan.fedoraVersion(), plan.enablePlymouth(),
				plan.windowManager(), plan.desktopEnvironment(), plan.ref());
	}

	private BuildPlan plan(WantedBuild wanted, @Nullable Long configId, Definition definition, @Nullable String name) {
		requireValid(definition.yaml());
		return new BuildPlan(configId, name, definition.yaml(),
				first(wanted.imageType(), definition.imageType(), ImageType.DEFAULT.wireName()),
				first(wanted.fedoraVersion(), definition.fedoraVersion(), FEDORA_VERSION),
				first(wanted.enablePlymouth(), definition.enablePlymouth(), PLYMOUTH), wanted.windowManager(),
				wanted.desktopEnvironment(), wanted.ref());
	}

	private void requireValid(String yaml) {
		List<String> errors = this.definitions.errors(yaml);
		if (!errors.isEmpty()) {
			throw new ProblemException(ProblemCode.REFUSED, "Invalid YAML: " + String.join(", ", errors));
		}
	}

	private static String filename(String name) {
		if (!isPlain(name)) {
			throw new ProblemException(ProblemCode.REFUSED, "Invalid definition filename");
		}
		return name;
	}

	/** Whether it is the name of a file and leads to no other folder. */
	private static boolean isPlain(String name) {
		return name.matches("[^/\\\\\\p{Cntrl}:]{1,255}") && !name.contains("..") && !name.equals(".");
	}

	private static <T> T first(@Nullable T wanted, @Nullable T said, T otherwise) {
		return (wanted != null) ? wanted : Objects.requireNonNullElse(said, otherwise);
	}

	private static ProblemException notFound(String detail) {
		return new ProblemException(ProblemCode.NOT_FOUND, detail);
	}

}
