package dev.whence.control.image.recipe;

/** A text that is no recipe. */
public final class RecipeException extends RuntimeException {

	RecipeException(String message) {
		super(message);
	}

}
