package dev.whence.control.image.recipe;

import java.util.List;

/**
 * What became of a recipe.
 *
 * @param name for the definition, as the API takes it
 * @param yaml the definition
 * @param notCarriedOver what of the recipe the definition does not do, in the order of
 * the recipe
 */
public record ImportedRecipe(String name, String yaml, List<Loss> notCarriedOver) {

	public ImportedRecipe {
		notCarriedOver = List.copyOf(notCarriedOver);
	}

	/**
	 * Something that could not be carried over.
	 *
	 * @param path the key of the recipe, such as {@code modules[2].type}
	 * @param reason one sentence
	 */
	public record Loss(String path, int line, int column, String reason) {
	}

}
