package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.instrumenter.manifest.YamlNode.Span;
import org.jspecify.annotations.Nullable;

/**
 * A manifest with Go template expressions, as Helm has them. Expressions are masked by
 * text of the same length, so that the rest parses and offsets stay: those that stand
 * alone on their lines, or end a line with an indented block, become comments, all others
 * words. What an expression will produce is never guessed at.
 */
final class HelmTemplate {

	/** A text without expressions. */
	static final HelmTemplate NONE = new HelmTemplate(List.of());

	private static final Pattern KEYWORD = Pattern.compile("\\{\\{-?\\s*([a-zA-Z]+)");

	private static final Pattern INDENT = Pattern.compile("\\bn?indent\\s+(\\d{1,4})");

	private static final Pattern PRODUCES_BLOCK = Pattern.compile("\\b(?:nindent|toYaml|indent)\\b");

	private final List<Expression> expressions;

	private HelmTemplate(List<Expression> expressions) {
		this.expressions = expressions;
	}

	static HelmTemplate of(String text) {
		List<Expression> found = new ArrayList<>();
		int depth = 0;
		int open = text.indexOf("{{");
		while (open >= 0) {
			int close = text.indexOf("}}", open + 2);
			if (close < 0) {
				break;
			}
			Matcher keyword = KEYWORD.matcher(text).region(open, close);
			String word = keyword.lookingAt() ? keyword.group(1) : "";
			depth += switch (word) {
				case "if", "with", "range", "define", "block" -> 1;
				case "end" -> -1;
				default -> 0;
			};
			found.add(new Expression(open, close + 2, word, depth, false));
			open = text.indexOf("{{", close + 2);
		}
		return new HelmTemplate(withPlaces(text, found));
	}

	private static List<Expression> withPlaces(String text, List<Expression> found) {
		boolean[] blankBehind = new boolean[found.size()];
		boolean[] endsLine = new boolean[found.size()];
		for (int i = found.size() - 1; i >= 0; i--) {
			int next = (i + 1 < found.size()) ? found.get(i + 1).start() : text.length();
			int at = found.get(i).end();
			while (at < next && text.charAt(at) != '\n' && Character.isWhitespace(text.charAt(at))) {
				at++;
			}
			boolean lineOver = at == text.length() || text.charAt(at) == '\n';
			endsLine[i] = lineOver;
			blankBehind[i] = lineOver || (at == next && i + 1 < found.size() && blankBehind[i + 1]);
		}
		List<Expression> placed = new ArrayList<>(found.size());
		boolean blankBefore = true;
		int done = 0;
		for (int i = 0; i < found.size(); i++) {
			Expression expression = found.get(i);
			for (int at = expression.start() - 1; at >= done; at--) {
				if (text.charAt(at) == '\n') {
					blankBefore = true;
					break;
				}
			}
			for (int at = expression.start() - 1; at >= done && text.charAt(at) != '\n'; at--) {
				if (!Character.isWhitespace(text.charAt(at))) {
					blankBefore = false;
					break;
				}
			}
			boolean alone = blankBefore && blankBehind[i];
			boolean block = !alone && endsLine[i] && expression.start() > 0
					&& text.charAt(expression.start() - 1) == ' '
					&& PRODUCES_BLOCK.matcher(text).region(expression.start(), expression.end()).find();
			placed.add(new Expression(expression.start(), expression.end(), expression.keyword(),
					expression.depthBehind(), alone || block));
			done = expression.end();
		}
		return placed;
	}

	/** The text with every expression masked. */
	String mask(String text) {
		if (this.expressions.isEmpty()) {
			return text;
		}
		char[] chars = text.toCharArray();
		for (Expression expression : this.expressions) {
			for (int i = expression.start(); i < expression.end(); i++) {
				if (chars[i] != '\r' && chars[i] != '\n') {
					chars[i] = expression.comment() ? '#' : 'x';
				}
			}
		}
		return new String(chars);
	}

	boolean isEmpty() {
		return this.expressions.isEmpty();
	}

	/** How many blocks (if, with, range, define) are open at an offset. */
	int depthAt(int offset) {
		int low = firstFrom(offset);
		return (low == 0) ? 0 : this.expressions.get(low - 1).depthBehind();
	}

	/** Whether any expression stands inside a node. */
	boolean touches(Span at) {
		int first = firstFrom(at.start());
		return first < this.expressions.size() && this.expressions.get(first).start() < at.end();
	}

	/** Whether any expression between two offsets has lines of its own. */
	boolean ownsLines(int from, int to) {
		for (int i = firstFrom(from); i < this.expressions.size(); i++) {
			if (this.expressions.get(i).start() >= to) {
				return false;
			}
			if (this.expressions.get(i).comment()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether expressions between two offsets may produce keys at a column or left of it.
	 */
	boolean producesKeys(String text, int from, int to, int column) {
		for (int i = firstFrom(from); i < this.expressions.size(); i++) {
			Expression expression = this.expressions.get(i);
			if (expression.start() >= to) {
				return false;
			}
			if (expression.producesLines()) {
				Integer indent = indent(text, expression);
				if (indent == null || indent <= column) {
					return true;
				}
			}
		}
		return false;
	}

	private static @Nullable Integer indent(String text, Expression expression) {
		Matcher indent = INDENT.matcher(text).region(expression.start(), expression.end());
		return indent.find() ? Integer.valueOf(indent.group(1)) : null;
	}

	private int firstFrom(int offset) {
		int low = 0;
		int high = this.expressions.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.expressions.get(middle).start() < offset) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/**
	 * One pair of braces.
	 *
	 * @param depthBehind blocks open behind it
	 * @param comment whether it is masked as a comment, because it has lines of its own
	 */
	private record Expression(int start, int end, String keyword, int depthBehind, boolean comment) {

		boolean producesLines() {
			return this.comment && switch (this.keyword) {
				case "if", "with", "range", "define", "block", "end", "else" -> false;
				default -> true;
			};
		}

	}

}
