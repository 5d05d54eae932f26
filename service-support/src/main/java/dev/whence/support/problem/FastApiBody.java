package dev.whence.support.problem;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * A problem with the members that clients of a FastAPI service read. {@code error} is
 * always the text for a person. {@code detail} is the same text, except where the request
 * did not have the form that the path takes: there it is the list that FastAPI answers,
 * and the status is 422, whether a field, a parameter or the whole body was wrong.
 *
 * @param detail a text, or a list of {@link Invalid}
 * @param error the text in either case
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FastApiBody(URI type, String title, int status, Object detail, String error, String instance, String code,
		@Nullable String traceId, List<FieldError> errors) {

	private static final int UNPROCESSABLE = 422;

	/** The status that these paths answer a failure with. */
	public static int status(ProblemCode code) {
		return isAboutTheForm(code) ? UNPROCESSABLE : code.status();
	}

	/** What of a problem these paths answer. */
	public static FastApiBody of(ProblemBody problem, ProblemCode code) {
		boolean form = isAboutTheForm(code);
		return new FastApiBody(problem.type(), problem.title(), form ? UNPROCESSABLE : problem.status(),
				form ? invalid(problem, code) : problem.detail(), problem.detail(), problem.instance(), problem.code(),
				problem.traceId(), problem.errors());
	}

	private static boolean isAboutTheForm(ProblemCode code) {
		return code == ProblemCode.INVALID_FIELD || code == ProblemCode.INVALID_PARAMETER
				|| code == ProblemCode.MALFORMED_BODY;
	}

	private static List<Invalid> invalid(ProblemBody problem, ProblemCode code) {
		String place = (code == ProblemCode.INVALID_PARAMETER) ? "query" : "body";
		if (problem.errors().isEmpty()) {
			return List.of(Invalid.at(place, "", problem.detail(), code));
		}
		return problem.errors()
			.stream()
			.map((error) -> Invalid.at(place, error.pointer(), error.message(), code))
			.toList();
	}

	/**
	 * One thing that is wrong with the form of a request.
	 *
	 * @param loc the place, from the outside inwards: names, and numbers in lists
	 * @param msg for a person
	 * @param type for a program
	 */
	public record Invalid(List<Object> loc, String msg, String type) {

		private static Invalid at(String place, String pointer, String message, ProblemCode code) {
			List<Object> loc = new ArrayList<>(List.of(place));
			for (String step : pointer.split("/")) {
				if (!step.isEmpty()) {
					loc.add(step.matches("\\d{1,9}") ? Integer.valueOf(step) : step);
				}
			}
			return new Invalid(loc, message, (code == ProblemCode.MALFORMED_BODY) ? "json_invalid" : "value_error");
		}

	}

}
