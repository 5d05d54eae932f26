package dev.whence.control.image.validation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.whence.control.image.document.Place;
import org.jspecify.annotations.Nullable;

/**
 * One thing about a definition that its author wants to know.
 *
 * @param severity {@code error} where the definition is not valid, {@code warning}
 * otherwise
 * @param code what kind of thing, for programs
 * @param message one sentence, one cause; never quotes what may be a secret
 * @param path the key, from the outside inwards, such as {@code modules[2].type}
 * @param line from 1
 * @param column from 1, in code points
 * @param suggestion what was probably meant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String severity, String code, String message, String path, int line, int column,
		@Nullable String suggestion) {

	static final String ERROR = "error";

	static final String WARNING = "warning";

	/** A message quotes no more of a text than this. */
	private static final int QUOTED = 80;

	/** As much of a text as a sentence can hold. */
	static String quote(String text) {
		return (text.length() <= QUOTED) ? text : text.substring(0, text.offsetByCodePoints(0, QUOTED / 2)) + "…";
	}

	static Problem error(String code, String message, String path, Place place, @Nullable String suggestion) {
		return new Problem(ERROR, code, message, path, place.line(), place.column(), suggestion);
	}

	static Problem warning(String code, String message, String path, Place place, @Nullable String suggestion) {
		return new Problem(WARNING, code, message, path, place.line(), place.column(), suggestion);
	}

	/** Whether the definition is not valid because of it. */
	@JsonIgnore
	public boolean isError() {
		return this.severity.equals(ERROR);
	}

	/** The message with its place, for where there is room for one line only. */
	public String inOneLine() {
		return "line %d, column %d: %s".formatted(this.line, this.column, this.message)
				+ ((this.suggestion != null) ? " (did you mean '" + this.suggestion + "'?)" : "");
	}

}
