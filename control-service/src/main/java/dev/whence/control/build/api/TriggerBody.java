package dev.whence.control.build.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.build.definition.WantedBuild;
import dev.whence.control.image.vocabulary.ImageType;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What is to be built. One of {@code config_id}, {@code definition_filename} and
 * {@code yaml_content} says it, in this order; without one of them {@code os},
 * {@code desktop_environment} or {@code window_manager} choose a definition.
 *
 * @param ref a branch or tag; main when absent
 */
record TriggerBody(@JsonProperty("config_id") @Schema(description = "A stored definition") @Nullable Long configId,
		@JsonProperty("definition_filename") @Schema(
				description = "A file of the definitions' folder") @Nullable String definitionFilename,
		@JsonProperty("yaml_content") @Size(max = 1_000_000) @Schema(
				description = "The definition itself") @Nullable String yamlContent,
		@Pattern(regexp = WORD, message = WORD_MESSAGE) @Nullable String os,
		@JsonProperty("image_type") @Nullable ImageType imageType,
		@JsonProperty("fedora_version") @Pattern(regexp = WORD, message = WORD_MESSAGE) @Nullable String fedoraVersion,
		@JsonProperty("enable_plymouth") @Nullable Boolean enablePlymouth,
		@JsonProperty("window_manager") @Pattern(regexp = WORD, message = WORD_MESSAGE) @Nullable String windowManager,
		@JsonProperty("desktop_environment") @Pattern(regexp = WORD,
				message = WORD_MESSAGE) @Nullable String desktopEnvironment,
		@Pattern(regexp = REF,
				message = "is not the name of a branch or a tag") @Schema(defaultValue = "main") @Nullable String ref) {

	private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}|";

	private static final String WORD_MESSAGE = "has letters, digits, dots, hyphens and underscores, 64 at most";

	/**
	 * What git allows, but for names that git itself would not make: see
	 * git-check-ref-format.
	 */
	private static final String REF = "(?!.*(\\.\\.|@\\{|//))[^-/.\\x00-\\x20\\x7f~^:?*\\[\\\\][^\\x00-\\x20\\x7f~^:?*\\[\\\\]{0,254}(?<![/.])|";

	WantedBuild wanted() {
		String branch = orNull(this.ref);
		return new WantedBuild(this.configId, orNull(this.definitionFilename), orNull(this.yamlContent),
				orNull(this.os), (this.imageType != null) ? this.imageType.wireName() : null,
				orNull(this.fedoraVersion), this.enablePlymouth, orNull(this.windowManager),
				orNull(this.desktopEnvironment), (branch != null) ? branch : "main");
	}

	// To the original an empty text was none.
	private static @Nullable String orNull(@Nullable String text) {
		return (text == null || text.isEmpty()) ? null : text;
	}

}
