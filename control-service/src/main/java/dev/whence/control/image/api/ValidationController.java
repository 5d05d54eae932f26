package dev.whence.control.image.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.image.validation.DefinitionSchema;
import dev.whence.control.image.validation.DefinitionValidator;
import dev.whence.control.image.validation.Problem;
import dev.whence.control.image.validation.Verdict;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Judges definitions that are sent along. */
@RestController
@RequestMapping("/api/config")
@Tag(name = "Image definitions")
class ValidationController {

	/** Together as long as one definition may be. */
	private static final int MOST_CHARACTERS = ConfigBody.YAML_CHARACTERS;

	private final DefinitionValidator validator;

	ValidationController(DefinitionValidator validator) {
		this.validator = validator;
	}

	@PostMapping("/validate")
	@Operation(summary = "Whether a definition is valid",
			description = "`errors` and `warnings` are the original's; `problems` tells more, with places.")
	@ApiResponse(responseCode = "200", description = "The verdict, whatever it is")
	@ApiResponse(responseCode = "422", description = "A field is wrong")
	VerdictView validate(@RequestBody @Valid WantedVerdict wanted) {
		return VerdictView.of(null, this.validator.validate(wanted.text()), wanted.wantsWarnings());
	}

	@PostMapping("/validate/batch")
	@Operation(summary = "Whether several definitions are valid")
	@ApiResponse(responseCode = "200", description = "A verdict for each, in their order")
	@ApiResponse(responseCode = "413", description = "They are too long together")
	@ApiResponse(responseCode = "422", description = "A field is wrong")
	VerdictsView validateAll(@RequestBody @Valid WantedVerdicts wanted) {
		if (wanted.all().stream().mapToLong((one) -> one.text().length()).sum() > MOST_CHARACTERS) {
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE,
					"The definitions of one request have at most %d characters together".formatted(MOST_CHARACTERS));
		}
		List<VerdictView> verdicts = wanted.all()
			.stream()
			.map((one) -> VerdictView.of(one.id(), this.validator.validate(one.text()), one.wantsWarnings()))
			.toList();
		long valid = verdicts.stream().filter(VerdictView::valid).count();
		return new VerdictsView(verdicts, valid, verdicts.size() - valid);
	}

	@GetMapping(path = "/schema", produces = { "application/schema+json", "application/json" })
	@Operation(summary = "The form of a definition as a JSON Schema", description = "Draft 2020-12, for editors.")
	@ApiResponse(responseCode = "200", description = "The schema")
	Map<String, Object> schema() {
		return DefinitionSchema.asMap();
	}

	/**
	 * A definition to judge.
	 *
	 * @param id echoed in a batch
	 */
	record WantedVerdict(@JsonDeserialize(using = StrictText.class) @Size(max = 100) @Nullable String id,
			@Schema(description = "The definition, as YAML") @JsonProperty("yaml_content") @JsonDeserialize(
					using = StrictText.class) @NotNull @Size(
							max = ConfigBody.YAML_CHARACTERS) @Nullable String yamlContent,
			@Schema(description = "Whether `warnings` shall hold the warnings as sentences; the original left it empty",
					defaultValue = "false") @Nullable Boolean warnings) {

		String text() {
			return (this.yamlContent != null) ? this.yamlContent : "";
		}

		boolean wantsWarnings() {
			return this.warnings != null && this.warnings;
		}

	}

	record WantedVerdicts(@NotNull @Size(min = 1, max = 100) @Nullable List<@NotNull @Valid WantedVerdict> items) {

		List<WantedVerdict> all() {
			return (this.items != null) ? this.items : List.of();
		}

	}

	record VerdictsView(List<VerdictView> results, long valid, long invalid) {
	}

	/**
	 * A verdict as the API shows it.
	 *
	 * @param errors null if it is valid
	 * @param warnings empty for a text that is no YAML, null otherwise, as the original
	 * had it, unless they were asked for
	 */
	record VerdictView(@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String id, boolean valid,
			@Nullable List<String> errors, @Nullable List<String> warnings, List<Problem> problems) {

		static VerdictView of(@Nullable String id, Verdict verdict, boolean warnings) {
			return new VerdictView(id, verdict.isValid(), verdict.isValid() ? null : verdict.errors(),
					warnings ? verdict.warnings() : verdict.syntaxError() ? List.of() : null, verdict.problems());
		}

	}

}
