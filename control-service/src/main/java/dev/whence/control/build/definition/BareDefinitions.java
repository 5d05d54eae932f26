package dev.whence.control.build.definition;

import java.util.List;
import java.util.Optional;

import dev.whence.model.ProjectId;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Definitions where there is no image room: whatever is sent along, as far as it is a
 * YAML mapping.
 */
final class BareDefinitions implements DefinitionSource {

	@Override
	public Optional<Definition> stored(ProjectId project, long id) {
		return Optional.empty();
	}

	@Override
	public Optional<Definition> file(String filename) {
		return Optional.empty();
	}

	@Override
	public List<String> errors(String yaml) {
		try {
			return Yaml.isMapping(yaml) ? List.of() : List.of("not a mapping");
		}
		catch (YamlEngineException | StackOverflowError ex) {
			return List.of("YAML syntax error: " + ex.getMessage());
		}
	}

}
