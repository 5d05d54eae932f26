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

	private static final Pattern NAME_ENDS = Pattern.compile("unexpected character found .*", Pattern.DOTALL);

	private static final Pattern ESCAPE = Pattern
		.compile("(expected escape sequence of \\d+ hexadecimal numbers, but found):.*", Pattern.DOTALL);

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

	/** A tab that is no blank. */
	static DocumentException tab(Mark mark) {
		return of("while scanning for the next token", null, "found character '\\t' that cannot start any token", mark);
	}

	/**
	 * The name of an anchor or alias as YAML 1.1 has it; where it may not end so, an
	 * error.
	 */
	static String name(String kind, String name, Mark mark) {
		int end = 0;
		while (end < name.length() && (Character.isLetterOrDigit(name.charAt(end)) && name.charAt(end) < 0x80
				|| name.charAt(end) == '-' || name.charAt(end) == '_')) {
			end++;
		}
		if (end == 0 || end < name.length() && "?:,]}%@`".indexOf(name.charAt(end)) < 0) {
			int[] text = mark.getBuffer();
			int shift = 0;
			while (mark.getPointer() + shift < text.length && text[mark.getPointer() + shift] != '&'
					&& text[mark.getPointer() + shift] != '*') {
				shift++;
			}
			shift += 1 + end;
			throw of("while scanning an " + kind, mark,
					"expected alphabetic or numeric character, but found "
							+ PythonText.quoted(name.substring(end, name.offsetByCodePoints(end, 1))),
					new Mark("", mark.getIndex() + shift, mark.getLine(), mark.getColumn() + shift, text,
							mark.getPointer() + shift));
		}
		return name.substring(0, end);
	}

	static DocumentException translated(MarkedYamlEngineException error) {
		Mark mark = error.getProblemMark().or(error::getContextMark).orElse(null);
		String problem = problem(error.getProblem(), mark);
		return of(context(error.getContext(), problem), error.getContextMark().orElse(null), problem, mark);
	}

	private static @Nullable String context(@Nullable String context, String problem) {
		if (context == null || context.isEmpty()) {
			return null;
		}
		boolean parsing = problem.startsWith("expected URI, ") || problem.startsWith("expected '>'");
		return (parsing && context.equals("while scanning a tag")) ? "while parsing a tag" : context;
	}

	private static String problem(String problem, @Nullable Mark mark) {
		if (NO_TOKEN_STARTS.matcher(problem).matches()) {
			return "found character " + character(mark) + " that cannot start any token";
		}
		Matcher found = FOUND_CHARACTER.matcher(problem);
		if (found.matches()) {
			return found.group(1) + " " + character(mark);
		}
		Matcher name = NAME_ENDS.matcher(problem);
		if (name.matches()) {
			return "expected alphabetic or numeric character, but found " + character(mark);
		}
		Matcher escape = ESCAPE.matcher(problem);
		if (escape.matches()) {
			return escape.group(1) + " " + character(mark);
		}
		Matcher token = GOT_TOKEN.matcher(problem);
		if (token.matches()) {
			return token.group(1) + " '" + token.group(2) + "'";
		}
		Matcher handle = NAME_AT_END.matcher(problem);
		return handle.matches() ? handle.group(1) + " " + PythonText.quoted(handle.group(2)) : problem;
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
