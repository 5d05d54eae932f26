package dev.whence.control.image.document;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Writes an error with its places and the lines around them as PyYAML does. */
final class Excerpts {

	/** What a line begins with at most and ends with at most, in code points. */
	private static final int HALF = 37;

	private static final int CUT = 5;

	private static final int INDENT = 4;

	private Excerpts() {
	}

	static String of(@Nullable String context, @Nullable Mark contextMark, String problem, @Nullable Mark mark) {
		StringBuilder out = new StringBuilder();
		if (context != null) {
			out.append(context).append('\n');
		}
		if (contextMark != null && (mark == null || contextMark.getLine() != mark.getLine()
				|| contextMark.getColumn() != mark.getColumn())) {
			append(out, contextMark);
			out.append('\n');
		}
		out.append(problem);
		if (mark != null) {
			out.append('\n');
			append(out, mark);
		}
		return out.toString();
	}

	private static void append(StringBuilder out, Mark mark) {
		int[] text = mark.getBuffer();
		int pointer = mark.getPointer();
		int start = pointer;
		String head = "";
		while (start > 0 && !endsLine(text, start - 1)) {
			start--;
			if (pointer - start >= HALF) {
				head = " ... ";
				start += CUT;
				break;
			}
		}
		int end = pointer;
		String tail = "";
		while (end < text.length && !endsLine(text, end)) {
			end++;
			if (end - pointer >= HALF) {
				tail = " ... ";
				end -= CUT;
				break;
			}
		}
		out.append("  in \"<unicode string>\", line ")
			.append(mark.getLine() + 1)
			.append(", column ")
			.append(mark.getColumn() + 1)
			.append(":\n")
			.repeat(' ', INDENT)
			.append(head)
			.append(new String(text, start, Math.max(0, end - start)))
			.append(tail)
			.append('\n')
			.repeat(' ', INDENT + pointer - start + head.length())
			.append('^');
	}

	private static boolean endsLine(int[] text, int index) {
		return switch (text[index]) {
			case '\0', '\r', '\n', 0x85, 0x2028, 0x2029 -> true;
			default -> false;
		};
	}

}
