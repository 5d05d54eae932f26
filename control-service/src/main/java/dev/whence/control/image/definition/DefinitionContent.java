package dev.whence.control.image.definition;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All that somebody writes when they write a definition.
 *
 * @param imageType one of {@code ImageType}, as the API spells it
 * @param artifactKinds what shall be made of the image, as image-builder spells it
 */
public record DefinitionContent(String name, @Nullable String description, String yaml, String imageType,
		String fedoraVersion, boolean enablePlymouth, List<String> artifactKinds) {

	public DefinitionContent {
		artifactKinds = List.copyOf(artifactKinds);
	}

	DefinitionContent renamed(String other) {
		return new DefinitionContent(other, this.description, this.yaml, this.imageType, this.fedoraVersion,
				this.enablePlymouth, this.artifactKinds);
	}

}
