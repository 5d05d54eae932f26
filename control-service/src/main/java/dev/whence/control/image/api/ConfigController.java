package dev.whence.control.image.api;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.idempotency.IdempotentRequests;
import dev.whence.control.idempotency.IdempotentRequests.Answer;
import dev.whence.control.image.definition.ImageDefinition;
import dev.whence.control.image.definition.ImageDefinitions;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.domain.Page;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stored definitions of a project. */
@RestController
@RequestMapping("/api/config")
@Tag(name = "Image definitions")
class ConfigController {

	private final ImageDefinitions definitions;

	private final IdempotentRequests requests;

	private final JsonMapper json;

	ConfigController(ImageDefinitions definitions, IdempotentRequests requests, JsonMapper json) {
		this.definitions = definitions;
		this.requests = requests;
		this.json = json;
	}

	@PostMapping({ "", "/" })
	@Operation(summary = "Store a new definition")
	@ApiResponse(responseCode = "201", description = "Stored",
			content = @Content(schema = @Schema(implementation = ConfigView.class)))
	@ApiResponse(responseCode = "400", description = "The definition is not valid")
	@ApiResponse(responseCode = "409", description = "The name is taken")
	@ApiResponse(responseCode = "422", description = "A field is wrong, or the key belongs to another request")
	ResponseEntity<String> create(Credential author, @RequestBody @Valid ConfigBody body,
			@Parameter(description = "Makes the request safe to repeat for a day") @RequestHeader(
					name = IdempotentRequests.HEADER, required = false) @Nullable String key) {
		return written(this.requests.once(author.project(), key, "create " + this.json.writeValueAsString(body),
				() -> answer(HttpStatus.CREATED, this.definitions.create(author, body.content()))));
	}

	@PostMapping("/upsert")
	@Operation(summary = "Replace the definition of a name, or store a new one")
	@ApiResponse(responseCode = "200", description = "Stored",
			content = @Content(schema = @Schema(implementation = ConfigView.class)))
	@ApiResponse(responseCode = "400", description = "The definition is not valid")
	@ApiResponse(responseCode = "409", description = "Somebody else wrote it at the same time")
	@ApiResponse(responseCode = "422", description = "A field is wrong, or the key belongs to another request")
	ResponseEntity<String> upsert(Credential author, @RequestBody @Valid ConfigBody body,
			@Parameter(description = "Makes the request safe to repeat for a day") @RequestHeader(
					name = IdempotentRequests.HEADER, required = false) @Nullable String key) {
		return written(this.requests.once(author.project(), key, "upsert " + this.json.writeValueAsString(body),
				() -> answer(HttpStatus.OK, this.definitions.upsert(author, body.content()))));
	}

	@GetMapping({ "", "/" })
	@Operation(summary = "Definitions, the latest written first")
	@ApiResponse(responseCode = "200", description = "One page of them")
	@ApiResponse(responseCode = "422", description = "A parameter is out of range")
	ConfigPage list(ProjectId project, @RequestParam(defaultValue = "1") @Min(1) @Max(1_000_000) int page,
			@RequestParam(name = "page_size", defaultValue = "20") @Min(1) @Max(100) int pageSize,
			@Parameter(description = "Part of the name or the description, in any case") @RequestParam(
					defaultValue = "") @Size(max = 100) @Pattern(regexp = ConfigBody.TEXT) String q) {
		Page<ImageDefinition> found = this.definitions.list(project, q, page, pageSize);
		return new ConfigPage(found.map(ConfigView::from).getContent(), found.getTotalElements(), page, pageSize);
	}

	@GetMapping("/{id}")
	@Operation(summary = "One definition")
	@ApiResponse(responseCode = "200", description = "The definition; ETag is its version")
	@ApiResponse(responseCode = "404", description = "There is none with this id")
	ResponseEntity<ConfigView> get(ProjectId project, @PathVariable long id) {
		return view(this.definitions.get(project, id));
	}

	@PutMapping("/{id}")
	@Operation(summary = "Replace a definition", description = "The body is whole: what it leaves out is the default.")
	@ApiResponse(responseCode = "200", description = "Replaced")
	@ApiResponse(responseCode = "400", description = "The definition is not valid")
	@ApiResponse(responseCode = "404", description = "There is none with this id")
	@ApiResponse(responseCode = "409", description = "The name is taken, or somebody else wrote it in the meantime")
	@ApiResponse(responseCode = "412", description = "It is not at the version of If-Match")
	ResponseEntity<ConfigView> replace(Credential author, @PathVariable long id, @RequestBody @Valid ConfigBody body,
			@Parameter(description = "The ETag that was seen") @RequestHeader(name = HttpHeaders.IF_MATCH,
					required = false) @Nullable String ifMatch) {
		Integer expected = Preconditions.version(ifMatch);
		if (expected != null || body.version() == null) {
			return view(this.definitions.replace(author, id, body.content(), expected));
		}
		try {
			return view(this.definitions.replace(author, id, body.content(), body.version()));
		}
		catch (ProblemException ex) {
			throw (ex.code() == ProblemCode.PRECONDITION_FAILED)
					? new ProblemException(ProblemCode.CONFLICT, ex.detail(), ex.errors(), ex) : ex;
		}
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a definition and its versions")
	@ApiResponse(responseCode = "204", description = "Deleted")
	@ApiResponse(responseCode = "404", description = "There is none with this id")
	@ApiResponse(responseCode = "412", description = "It is not at the version of If-Match")
	void delete(Credential author, @PathVariable long id,
			@Parameter(description = "The ETag that was seen") @RequestHeader(name = HttpHeaders.IF_MATCH,
					required = false) @Nullable String ifMatch) {
		this.definitions.delete(author, id, Preconditions.version(ifMatch));
	}

	private Answer answer(HttpStatus status, ImageDefinition definition) {
		return new Answer(status.value(), this.json.writeValueAsString(ConfigView.from(definition)), false);
	}

	private ResponseEntity<String> written(Answer answer) {
		ConfigView view = this.json.readValue(answer.body(), ConfigView.class);
		ResponseEntity.BodyBuilder response = ResponseEntity.status(answer.status())
			.contentType(MediaType.APPLICATION_JSON)
			.eTag(Preconditions.tag(view.version()))
			.location(URI.create("/api/config/" + view.id()));
		if (answer.repeated()) {
			response.header("Idempotency-Replayed", "true");
		}
		return response.body(answer.body());
	}

	static ResponseEntity<ConfigView> view(ImageDefinition definition) {
		return ResponseEntity.ok().eTag(Preconditions.tag(definition.number())).body(ConfigView.from(definition));
	}

	record ConfigPage(List<ConfigView> configs, long total, int page, @JsonProperty("page_size") int pageSize) {
	}

}
