package dev.whence.control.build.definition;

import java.util.List;
import java.util.Optional;

import dev.whence.control.image.definition.DefinitionContent;
import dev.whence.control.image.definition.ImageDefinition;
import dev.whence.control.image.definition.ImageDefinitions;
import dev.whence.control.image.folder.DefinitionFolder;
import dev.whence.control.image.validation.DefinitionValidator;
import dev.whence.model.ProjectId;

import org.springframework.stereotype.Component;

/** The stored definitions, the folder of definitions, and the validator of both. */
@Component
class ImageDefinitionSource implements DefinitionSource {

	private final ImageDefinitions stored;

	private final DefinitionFolder folder;

	private final DefinitionValidator validator;

	ImageDefinitionSource(ImageDefinitions stored, DefinitionFolder folder, DefinitionValidator validator) {
		this.stored = stored;
		this.folder = folder;
		this.validator = validator;
	}

	@Override
	public Optional<Definition> stored(ProjectId project, long id) {
		return this.stored.find(project, id).map(ImageDefinition::content).map(ImageDefinitionSource::definition);
	}

	/** A file says what it is for in its own text, and nothing beside it. */
	@Override
	public Optional<Definition> file(String filename) {
		return this.folder.read(filename).map((text) -> new Definition(filename, text, null, null, null));
	}

	@Override
	public List<String> errors(String yaml) {
		return this.validator.validate(yaml).errors();
	}

	private static Definition definition(DefinitionContent content) {
		return new Definition(content.name(), content.yaml(), content.imageType(), content.fedoraVersion(),
				content.enablePlymouth());
	}

}
