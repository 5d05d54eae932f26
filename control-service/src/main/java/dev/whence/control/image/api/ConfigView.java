package dev.whence.control.image.api;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.image.definition.DefinitionContent;
import dev.whence.control.image.definition.ImageDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A stored definition as the API shows it.
 *
 * @param version how often it has been written, from 1; also its entity tag
 */
record ConfigView(long id, String name, @Nullable String description, @JsonProperty("yaml_content") String yamlContent,
		@JsonProperty("image_type") String imageType, @JsonProperty("fedora_version") String fedoraVersion,
		@JsonProperty("enable_plymouth") boolean enablePlymouth,
		@JsonProperty("artifact_kinds") List<String> artifactKinds, @JsonProperty("created_at") Instant createdAt,
		@JsonProperty("updated_at") Instant updatedAt, int version) {

	static ConfigView from(ImageDefinition definition) {
		DefinitionContent content = definition.content();
		return new ConfigView(definition.id(), content.name(), content.description(), content.yaml(),
				content.imageType(), content.fedoraVersion(), content.enablePlymouth(), content.artifactKinds(),
				definition.createdAt(), definition.updatedAt(), definition.number());
	}

}
