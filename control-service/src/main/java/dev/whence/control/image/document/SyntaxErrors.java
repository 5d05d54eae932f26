package dev.whence.control.image.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Words errors as PyYAML does. Its parser is the ancestor of the one in use, so that most
 * sentences are the same; what differs is how characters and tokens are quoted.
 */
final class SyntaxErrors {

	/** What the parser appends to a character: its code in parentheses. */
	private static final Pattern FOUND_CHARACTER = Pattern.compile(
			"(.*(?:but found|found unknown escape character)) ?:? '?(?:.|\\\\.)?'? ?\\((?:-?\\d+)\\)", Pattern.DOTALL);

	private static final Pattern GOT_TOKEN = Pattern.compile("(.*but got) (\\S.*)", Pattern.DOTALL);

	private static final Pattern NO_TOKEN_STARTS = Pattern.compile("found character '.*' that cannot start any token.*",
			Pattern.DOTALL);

	private static final Pattern NAME_AT_END = Pattern
		.compile("(found undefined tag handle|duplicate tag handle) (\\S+)");

	private SyntaxErrors() {
	}

	static DocumentException at(Mark mark, String problem) {
		return of(null, null, problem, mark);
	}

	static DocumentException between(String context, Mark contextMark, String problem, Mark mark) {
		return of(context, contextMark, problem, mark);
	}

	static DocumentException translated(MarkedYamlEngineException error) {
		Mark mark = error.getProblemMark().or(error::getContextMark).orElse(null);
		return of(error.getContext(), error.getContextMark().orElse(null), problem(error.getProblem(), mark), mark);
	}

	private static String problem(String problem, @Nullable Mark mark) {
		if (NO_TOKEN_STARTS.matcher(problem).matches()) {
			return "found character " + character(mark) + " that cannot start any token";
		}
		Matcher found = FOUND_CHARACTER.matcher(problem);
		if (found.matches()) {
			return found.group(1) + " " + character(mark);
		}
		Matcher token = GOT_TOKEN.matcher(problem);
		if (token.matches()) {
			return token.group(1) + " '" + token.group(2) + "'";
		}
		Matcher name = NAME_AT_END.matcher(problem);
		return name.matches() ? name.group(1) + " " + PythonText.quoted(name.group(2)) : problem;
	}

	/** What stands at the mark; behind the end of the text PyYAML finds a NUL. */
	private static String character(@Nullable Mark mark) {
		if (mark == null || mark.getPointer() >= mark.getBuffer().length) {
			return PythonText.quoted("\0");
		}
		return PythonText.quoted(Character.toString(mark.getBuffer()[mark.getPointer()]));
	}

	private static DocumentException of(@Nullable String context, @Nullable Mark contextMark, String problem,
			@Nullable Mark mark) {
		Mark cause = (mark != null) ? mark : contextMark;
		Place place = (cause != null) ? new Place(cause.getLine() + 1, cause.getColumn() + 1) : Place.START;
		return new DocumentException(Excerpts.of(context, contextMark, problem, mark), sentence(context, problem),
				place);
	}

	private static String sentence(@Nullable String context, String problem) {
		String whole = (context != null) ? context + ": " + problem : problem;
		return Character.toUpperCase(whole.charAt(0)) + whole.substring(1);
	}

}
