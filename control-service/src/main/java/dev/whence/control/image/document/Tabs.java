package dev.whence.control.image.document;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Finds tabs where YAML 1.1 has none: everywhere but in quotes, block scalars and
 * comments. YAML 1.2 takes them for blanks. Follows the events through the text once.
 */
final class Tabs {

	private int checked;

	/** Looks at what lies before an event; an error if there is a tab. */
	void before(Event event) {
		Mark start = event.getStartMark().orElseThrow();
		check(start.getBuffer(), start.getIndex());
		if (event instanceof ScalarEvent scalar && scalar.getScalarStyle() != ScalarStyle.PLAIN) {
			this.checked = Math.max(this.checked, scalar.getEndMark().orElse(start).getIndex());
		}
	}

	/** Looks at what lies before the place of another error. */
	void before(@Nullable Mark mark) {
		if (mark != null) {
			check(mark.getBuffer(), mark.getIndex());
		}
	}

	private void check(int[] text, int end) {
		for (int i = this.checked; i < end && i < text.length; i++) {
			if (text[i] == '#' && (i == 0 || isBlank(text[i - 1]))) {
				while (i < end && text[i] != '\n') {
					i++;
				}
			}
			else if (text[i] == '\t') {
				throw SyntaxErrors.tab(mark(text, i));
			}
		}
		this.checked = Math.max(this.checked, end);
	}

	private static boolean isBlank(int point) {
		return point == ' ' || point == '\n' || point == '\r' || point == '\t';
	}

	private static Mark mark(int[] text, int index) {
		int line = 0;
		int start = 0;
		for (int i = 0; i < index; i++) {
			if (text[i] == '\n') {
				line++;
				start = i + 1;
			}
		}
		return new Mark("", index, line, index - start, text, index);
	}

}
