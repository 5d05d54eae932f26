package dev.whence.control.image.api;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.image.definition.DefinitionContent;
import dev.whence.control.image.definition.DefinitionVersion;
import dev.whence.control.image.definition.ImageDefinitions;
import dev.whence.control.image.definition.VersionDiff;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What every write made of a definition. */
@RestController
@RequestMapping("/api/config/{id}")
@Tag(name = "Image definitions")
class VersionController {

	private final ImageDefinitions definitions;

	VersionController(ImageDefinitions definitions) {
		this.definitions = definitions;
	}

	@GetMapping("/versions")
	@Operation(summary = "Versions of a definition, the newest first")
	@ApiResponse(responseCode = "200", description = "One page of them; total is their number")
	@ApiResponse(responseCode = "404", description = "There is no definition with this id")
	VersionPage list(ProjectId project, @PathVariable long id,
			@RequestParam(defaultValue = "1") @Min(1) @Max(100_000) int page,
			@RequestParam(name = "page_size", defaultValue = "20") @Min(1) @Max(100) int pageSize) {
		int total = this.definitions.get(project, id).number();
		return new VersionPage(
				this.definitions.versions(project, id, page, pageSize).stream().map(VersionView::from).toList(), total,
				page, pageSize);
	}

	@GetMapping("/versions/{version}")
	@Operation(summary = "One version")
	@ApiResponse(responseCode = "200", description = "The version")
	@ApiResponse(responseCode = "404", description = "There is no such definition or version")
	VersionView get(ProjectId project, @PathVariable long id, @PathVariable int version) {
		return VersionView.from(this.definitions.version(project, id, version));
	}

	@GetMapping("/diff")
	@Operation(summary = "What differs between two versions",
			description = "Without `to`, the newest; without `from`, the one before `to`.")
	@ApiResponse(responseCode = "200", description = "A unified diff of the texts; empty if they are the same")
	@ApiResponse(responseCode = "404", description = "There is no such definition or version")
	DiffView diff(ProjectId project, @PathVariable long id, @RequestParam(required = false) @Nullable Integer from,
			@RequestParam(required = false) @Nullable Integer to) {
		int last = (to != null) ? to : this.definitions.get(project, id).number();
		int first = (from != null) ? from : Math.max(1, last - 1);
		return new DiffView(first, last, VersionDiff.between(this.definitions.version(project, id, first),
				this.definitions.version(project, id, last)));
	}

	@PostMapping("/rollback")
	@Operation(summary = "Write an older version again",
			description = "A new version is made of it. The name stays as it is.")
	@ApiResponse(responseCode = "200", description = "The definition as it is now")
	@ApiResponse(responseCode = "404", description = "There is no such definition or version")
	@ApiResponse(responseCode = "409", description = "Somebody else wrote it at the same time")
	@ApiResponse(responseCode = "412", description = "It is not at the version of If-Match")
	ResponseEntity<ConfigView> rollback(Credential author, @PathVariable long id,
			@RequestBody @Valid WantedVersion wanted,
			@Parameter(description = "The ETag that was seen") @RequestHeader(name = HttpHeaders.IF_MATCH,
					required = false) @Nullable String ifMatch) {
		return ConfigController
			.view(this.definitions.restore(author, id, wanted.number(), Preconditions.version(ifMatch)));
	}

	record WantedVersion(@Schema(example = "1") @NotNull @Min(1) @Nullable Integer version) {

		int number() {
			return (this.version != null) ? this.version : 0;
		}

	}

	record DiffView(int from, int to, String diff) {
	}

	record VersionPage(List<VersionView> versions, int total, int page, @JsonProperty("page_size") int pageSize) {
	}

	/**
	 * A version as the API shows it.
	 *
	 * @param restores the version that this one brought back, if it did
	 */
	record VersionView(int version, String name, @Nullable String description,
			@JsonProperty("yaml_content") String yamlContent, @JsonProperty("image_type") String imageType,
			@JsonProperty("fedora_version") String fedoraVersion,
			@JsonProperty("enable_plymouth") boolean enablePlymouth,
			@JsonProperty("artifact_kinds") List<String> artifactKinds, @JsonProperty("written_at") Instant writtenAt,
			@JsonProperty("written_by") String writtenBy, @Nullable Integer restores) {

		static VersionView from(DefinitionVersion version) {
			DefinitionContent content = version.content();
			return new VersionView(version.number(), content.name(), content.description(), content.yaml(),
					content.imageType(), content.fedoraVersion(), content.enablePlymouth(), content.artifactKinds(),
					version.writtenAt(), version.writtenBy(), version.restores());
		}

	}

}
