package dev.whence.control.build.definition;

import java.util.List;
import java.util.Optional;

import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

/** Where definitions come from. */
public interface DefinitionSource {

	/** A stored definition of the project; another project's is none. */
	Optional<Definition> stored(ProjectId project, long id);

	/** A definition of the configured folder. */
	Optional<Definition> file(String filename);

	/**
	 * What keeps the text from being built, in the words of the API; empty when nothing.
	 */
	List<String> errors(String yaml);

	/**
	 * A definition and what it says about its own building.
	 *
	 * @param imageType null when it does not say
	 * @param fedoraVersion null when it does not say
	 * @param enablePlymouth null when it does not say
	 */
	record Definition(String name, String yaml, @Nullable String imageType, @Nullable String fedoraVersion,
			@Nullable Boolean enablePlymouth) {
	}

}
