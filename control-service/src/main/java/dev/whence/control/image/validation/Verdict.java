package dev.whence.control.image.validation;

import java.util.List;

/**
 * What there is to say about a definition.
 *
 * @param errors the sentences that clients of the original know; none if it is valid
 * @param syntaxError whether it could not be read at all
 * @param problems the same and more, in the order of the text
 */
public record Verdict(List<String> errors, boolean syntaxError, List<Problem> problems) {

	public Verdict {
		errors = List.copyOf(errors);
		problems = List.copyOf(problems);
	}

	/** The warnings as sentences with their places. */
	public List<String> warnings() {
		return this.problems.stream().filter((problem) -> !problem.isError()).map(Problem::inOneLine).toList();
	}

	/** Whether the definition can be stored. */
	public boolean isValid() {
		return this.errors.isEmpty();
	}

}
