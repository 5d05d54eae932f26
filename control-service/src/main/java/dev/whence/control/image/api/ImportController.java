package dev.whence.control.image.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.image.document.DocumentException;
import dev.whence.control.image.recipe.BlueBuildRecipe;
import dev.whence.control.image.recipe.ImportedRecipe;
import dev.whence.control.image.recipe.ImportedRecipe.Loss;
import dev.whence.control.image.recipe.RecipeException;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Makes definitions of what other tools build. Nothing is stored. */
@RestController
@Tag(name = "Image definitions")
class ImportController {

	@PostMapping("/api/config/import/bluebuild")
	@Operation(summary = "A definition made of a BlueBuild recipe",
			description = "Nothing is stored. `not_carried_over` lists what the definition does not do.")
	@ApiResponse(responseCode = "200", description = "The definition, and what of the recipe it lacks")
	@ApiResponse(responseCode = "400", description = "This is no recipe")
	@ApiResponse(responseCode = "422", description = "A field of the request is wrong")
	ImportView importRecipe(@RequestBody @Valid Recipe recipe) {
		try {
			return ImportView.from(BlueBuildRecipe.read(recipe.text()));
		}
		catch (DocumentException ex) {
			throw new ProblemException(ProblemCode.REFUSED, "Invalid recipe: " + ex.text(),
					List.of(new FieldError("/yaml_content", ex.place() + ": " + ex.reason())), ex);
		}
		catch (RecipeException ex) {
			throw new ProblemException(ProblemCode.REFUSED, "Invalid recipe: " + ex.getMessage(),
					List.of(new FieldError("/yaml_content", String.valueOf(ex.getMessage()))), ex);
		}
	}

	record Recipe(@Schema(description = "The recipe, as YAML") @JsonProperty("yaml_content") @JsonDeserialize(
			using = StrictText.class) @NotNull @Size(max = ConfigBody.YAML_CHARACTERS) @Nullable String yamlContent) {

		String text() {
			return (this.yamlContent != null) ? this.yamlContent : "";
		}

	}

	record ImportView(String name, @JsonProperty("yaml_content") String yamlContent,
			@JsonProperty("not_carried_over") List<Loss> notCarriedOver) {

		static ImportView from(ImportedRecipe recipe) {
			return new ImportView(recipe.name(), recipe.yaml(), recipe.notCarriedOver());
		}

	}

}
