package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A unified diff made from the edits themselves, in time linear in the text; no
 * comparison is needed where every change is known.
 */
final class UnifiedDiff {

	private static final int CONTEXT = 3;

	private UnifiedDiff() {
	}

	static String of(String text, List<Splice> splices) {
		if (splices.isEmpty()) {
			return "";
		}
		List<Hunk> hunks = hunks(text, splices);
		StringBuilder out = new StringBuilder("--- a/manifest\n+++ b/manifest\n");
		int line = 1;
		int at = 0;
		int shift = 0;
		for (int i = 0; i < hunks.size();) {
			int last = i;
			while (last + 1 < hunks.size()
					&& lines(text, hunks.get(last).end(), hunks.get(last + 1).start()) <= 2 * CONTEXT) {
				last++;
			}
			int from = back(text, hunks.get(i).start());
			int to = forward(text, hunks.get(last).end());
			line += lines(text, at, from);
			at = from;
			StringBuilder body = new StringBuilder();
			int removed = 0;
			int added = 0;
			int done = from;
			for (Hunk hunk : hunks.subList(i, last + 1)) {
				write(body, ' ', text.substring(done, hunk.start()));
				String old = text.substring(hunk.start(), hunk.end());
				write(body, '-', old);
				write(body, '+', hunk.replacement());
				removed += lines(old, 0, old.length());
				added += lines(hunk.replacement(), 0, hunk.replacement().length());
				done = hunk.end();
			}
			write(body, ' ', text.substring(done, to));
			int length = lines(text, from, to);
			out.append("@@ -%d,%d +%d,%d @@\n".formatted(line, length, line + shift, length - removed + added))
				.append(body);
			shift += added - removed;
			i = last + 1;
		}
		return out.toString();
	}

	/** Whole lines that are replaced by other whole lines. */
	private static List<Hunk> hunks(String text, List<Splice> splices) {
		SourceText source = SourceText.of(text);
		List<Hunk> hunks = new ArrayList<>();
		List<Splice> sorted = splices.stream().sorted(Comparator.comparingInt(Splice::offset)).toList();
		for (int i = 0; i < sorted.size();) {
			int start = source.lineStart(sorted.get(i).offset());
			int end = end(source, sorted.get(i));
			List<Splice> together = new ArrayList<>(List.of(sorted.get(i++)));
			while (i < sorted.size() && source.lineStart(sorted.get(i).offset()) < end) {
				end = Math.max(end, end(source, sorted.get(i)));
				together.add(sorted.get(i++));
			}
			int base = start;
			String old = text.substring(start, end);
			hunks.add(new Hunk(start, end,
					Splice.apply(old, together.stream()
						.map((splice) -> new Splice(splice.offset() - base, splice.removed(), splice.inserted()))
						.toList())));
		}
		return hunks;
	}

	private static int end(SourceText source, Splice splice) {
		boolean wholeLines = splice.removed() == 0 && splice.inserted().endsWith("\n")
				&& source.lineStart(splice.offset()) == splice.offset();
		boolean lineStart = splice.removed() > 0 && splice.end() > 0 && source.lineStart(splice.end()) == splice.end();
		return (wholeLines || lineStart) ? splice.end() : source.lineEnd(splice.end());
	}

	private static void write(StringBuilder out, char sign, String lines) {
		for (int at = 0; at < lines.length();) {
			int newline = lines.indexOf('\n', at);
			int end = (newline < 0) ? lines.length() : newline + 1;
			out.append(sign).append(lines, at, end);
			if (newline < 0) {
				out.append("\n\\ No newline at end of file\n");
			}
			at = end;
		}
	}

	private static int lines(String text, int from, int to) {
		int count = 0;
		for (int i = from; i < to; i++) {
			if (text.charAt(i) == '\n') {
				count++;
			}
		}
		return count + ((to > from && text.charAt(to - 1) != '\n') ? 1 : 0);
	}

	private static int back(String text, int from) {
		int at = from;
		for (int i = 0; i < CONTEXT && at > 0; i++) {
			at = text.lastIndexOf('\n', at - 2) + 1;
		}
		return at;
	}

	private static int forward(String text, int from) {
		int at = from;
		for (int i = 0; i < CONTEXT && at < text.length(); i++) {
			int newline = text.indexOf('\n', at);
			at = (newline < 0) ? text.length() : newline + 1;
		}
		return at;
	}

	/** Lines of the old text, by offsets, and what stands there now. */
	private record Hunk(int start, int end, String replacement) {
	}

}
