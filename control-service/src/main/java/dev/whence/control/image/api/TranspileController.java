package dev.whence.control.image.api;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.image.containerfile.Containerfile;
import dev.whence.control.image.containerfile.TranspileException;
import dev.whence.control.image.containerfile.TranspileOptions;
import dev.whence.control.image.document.DefinitionText;
import dev.whence.control.image.document.DocumentException;
import dev.whence.control.image.document.DocumentLimits;
import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.vocabulary.ImageType;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Makes Containerfiles of definitions that are sent along. */
@RestController
@Tag(name = "Image definitions")
class TranspileController {

	/** Lets the definition decide about the image type. */
	private static final String AUTO = "auto";

	private static final String FAILED = "Transpilation failed: ";

	private static final List<String> BUILDABLE = Stream.of(ImageType.values())
		.filter(ImageType::isBuildable)
		.map(ImageType::wireName)
		.toList();

	private final ImageFolder folder;

	TranspileController(ImageFolder folder) {
		this.folder = folder;
	}

	@PostMapping("/api/config/transpile")
	@Operation(summary = "The Containerfile of a definition")
	@ApiResponse(responseCode = "200", description = "The Containerfile")
	@ApiResponse(responseCode = "400", description = "No Containerfile can be made; errors name field and line")
	@ApiResponse(responseCode = "422", description = "A field of the request is wrong")
	TranspiledView transpile(@RequestBody @Valid WantedContainerfile wanted) {
		String type = wanted.type();
		try {
			String text = Containerfile.of(DefinitionText.read(wanted.text(), DocumentLimits.DEFAULT), wanted.options(),
					this.folder);
			return new TranspiledView(text, type, wanted.version(), wanted.plymouth());
		}
		catch (DocumentException ex) {
			throw failed(ex.text(), ex.place() + ": " + ex.reason(), ex);
		}
		catch (TranspileException ex) {
			throw ex.isMissing() ? failed("Error: " + ex.reason(), ex.reason(), ex)
					: failed("%s (%s) %s".formatted(ex.field(), ex.place(), ex.reason()),
							ex.place() + ": " + ex.field() + " " + ex.reason(), ex);
		}
	}

	private static ProblemException failed(String reason, String error, RuntimeException cause) {
		return new ProblemException(ProblemCode.REFUSED, FAILED + reason,
				List.of(new FieldError("/yaml_content", error)), cause);
	}

	/** A definition and how to build it. */
	record WantedContainerfile(
			@Schema(description = "The definition, as YAML") @JsonProperty("yaml_content") @JsonDeserialize(
					using = StrictText.class) @NotNull @Size(
							max = ConfigBody.YAML_CHARACTERS) @Nullable String yamlContent,
			@Schema(description = "The image type; `auto` lets the definition decide",
					defaultValue = "fedora-sway-atomic") @JsonProperty("image_type") @JsonDeserialize(
							using = StrictText.class) @Nullable String imageType,
			@Schema(description = "The tag of a base image that has none",
					defaultValue = "43") @JsonProperty("fedora_version") @JsonDeserialize(
							using = StrictText.class) @Pattern(regexp = ConfigBody.VERSION,
									message = ConfigBody.VERSION_MESSAGE) @Nullable String fedoraVersion,
			@Schema(defaultValue = "true") @JsonProperty("enable_plymouth") @Nullable Boolean enablePlymouth,
			@Schema(description = "Whether shell that cannot run is mended; false renders it as it always was",
					defaultValue = "true") @Nullable Boolean strict,
			@Schema(description = "Whether the build shall be reproducible: asks for a base image by digest and sets SOURCE_DATE_EPOCH",
					defaultValue = "false") @Nullable Boolean reproducible,
			@Schema(description = "Seconds since 1970 that a reproducible build takes for the time",
					defaultValue = "0") @JsonProperty("source_date_epoch") @Min(0) @Max(253_402_300_799L) @Nullable Long sourceDateEpoch) {

		String text() {
			return (this.yamlContent != null) ? this.yamlContent : "";
		}

		String type() {
			if (AUTO.equals(this.imageType)) {
				return AUTO;
			}
			String type = ConfigBody.imageType(this.imageType).wireName();
			if (!BUILDABLE.contains(type)) {
				throw new ProblemException(ProblemCode.REFUSED,
						FAILED + "argument --image-type: invalid choice: '%s' (choose from '%s')".formatted(type,
								String.join("', '", BUILDABLE)),
						List.of(new FieldError("/image_type", "cannot be built")), null);
			}
			return type;
		}

		String version() {
			return (this.fedoraVersion != null) ? this.fedoraVersion : TranspileOptions.DEFAULT_VERSION;
		}

		boolean plymouth() {
			return this.enablePlymouth == null || this.enablePlymouth;
		}

		TranspileOptions options() {
			String type = type();
			Long epoch = (this.sourceDateEpoch != null) ? this.sourceDateEpoch : Long.valueOf(0);
			return new TranspileOptions(type.equals(AUTO) ? null : type, version(), plymouth(),
					this.strict == null || this.strict,
					(this.reproducible != null && this.reproducible) ? epoch : null);
		}

	}

	record TranspiledView(String containerfile, @JsonProperty("image_type") String imageType,
			@JsonProperty("fedora_version") String fedoraVersion,
			@JsonProperty("enable_plymouth") boolean enablePlymouth) {
	}

}
