package dev.whence.control.image.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.image.containerfile.TranspileOptions;
import dev.whence.control.image.definition.DefinitionContent;
import dev.whence.control.image.vocabulary.ArtifactKind;
import dev.whence.control.image.vocabulary.ImageType;
import dev.whence.control.image.vocabulary.Spelling;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** A definition as somebody writes it. */
record ConfigBody(
		@Schema(description = "Unique within the project; letters, digits, hyphens and underscores",
				example = "workstation") @JsonDeserialize(
						using = StrictText.class) @NotNull @Size(min = 1, max = 100) @ConfigName @Nullable String name,
		@JsonDeserialize(using = StrictText.class) @Size(max = 500) @Pattern(regexp = TEXT,
				message = "must not contain control characters or halves of characters") @Nullable String description,
		@Schema(description = "The definition, as YAML") @JsonProperty("yaml_content") @JsonDeserialize(
				using = StrictText.class) @NotNull @Size(max = YAML_CHARACTERS) @Nullable String yamlContent,
		@Schema(description = "The image it is for", defaultValue = "fedora-sway-atomic",
				implementation = ImageType.class) @JsonProperty("image_type") @JsonDeserialize(
						using = StrictText.class) @Nullable String imageType,
		@Schema(description = "The tag of a base image that has none",
				defaultValue = "43") @JsonProperty("fedora_version") @JsonDeserialize(
						using = StrictText.class) @Pattern(regexp = VERSION,
								message = VERSION_MESSAGE) @Nullable String fedoraVersion,
		@Schema(defaultValue = "true") @JsonProperty("enable_plymouth") @Nullable Boolean enablePlymouth,
		@Schema(description = "What image-builder shall make of the image") @JsonProperty("artifact_kinds") @Size(
				max = 20) @Nullable List<@Nullable String> artifactKinds,
		@Schema(description = "The version that the author has seen; a conflict if it is another one by now") @Nullable Integer version) {

	/** As many characters as the reader of definitions takes. */
	static final int YAML_CHARACTERS = 1_000_000;

	/** What PostgreSQL can store and people can read, with line breaks. */
	static final String TEXT = "[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\p{Cs}]*";

	/** A tag of an image, by the grammar of registries. */
	static final String VERSION = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

	static final String VERSION_MESSAGE = "must be a tag of an image: letters, digits, '_', '.' and '-'";

	private static final List<String> KINDS = Stream.of(ArtifactKind.values()).map(ArtifactKind::wireName).toList();

	private static final List<String> IMAGES = Stream.of(ImageType.values()).map(ImageType::wireName).toList();

	/** What of it is stored. */
	DefinitionContent content() {
		return new DefinitionContent(Objects.requireNonNull(this.name), this.description,
				Objects.requireNonNull(this.yamlContent), imageType(this.imageType).wireName(),
				(this.fedoraVersion != null) ? this.fedoraVersion : TranspileOptions.DEFAULT_VERSION,
				this.enablePlymouth == null || this.enablePlymouth, kinds());
	}

	/**
	 * The type of this name, or the default where none is named.
	 * @throws ProblemException {@code INVALID_FIELD} if there is no such type
	 */
	static ImageType imageType(@Nullable String name) {
		if (name == null) {
			return ImageType.DEFAULT;
		}
		return ImageType.named(name)
			.orElseThrow(() -> refused("/image_type", "is none of " + String.join(", ", IMAGES)
					+ Spelling.nearest(name, IMAGES).map((meant) -> "; did you mean '" + meant + "'?").orElse("")));
	}

	private List<String> kinds() {
		if (this.artifactKinds == null) {
			return List.of();
		}
		List<FieldError> errors = new ArrayList<>();
		for (int i = 0; i < this.artifactKinds.size(); i++) {
			String kind = this.artifactKinds.get(i);
			if (kind == null || !KINDS.contains(kind)) {
				errors.add(new FieldError("/artifact_kinds/" + i, "is none of " + String.join(", ", KINDS)));
			}
		}
		if (!errors.isEmpty()) {
			throw new ProblemException(ProblemCode.INVALID_FIELD,
					"An artefact kind is one of " + String.join(", ", KINDS), errors, null);
		}
		return this.artifactKinds.stream().map(String::valueOf).distinct().toList();
	}

	static ProblemException refused(String pointer, String reason) {
		return new ProblemException(ProblemCode.INVALID_FIELD, pointer.substring(1) + " " + reason,
				List.of(new FieldError(pointer, reason)), null);
	}

}
