package dev.whence.query.pattern;

import java.time.Instant;

import dev.whence.model.LogMask;
import org.jspecify.annotations.Nullable;

/**
 * A template of a service.
 *
 * @param firstSeen null when the worker has not learned it
 */
record KnownTemplate(String id, String text, @Nullable Instant firstSeen, @Nullable Instant lastSeen) {

	/** What a masked line is by itself, while no template is known for it. */
	static KnownTemplate ofItself(String masked) {
		return new KnownTemplate(LogMask.id(masked), masked, null, null);
	}

	/**
	 * How many constant words the template and the line share, or -1 where one of them
	 * contradicts.
	 */
	static int agreement(String[] template, String[] line) {
		if (template.length != line.length) {
			return -1;
		}
		int equal = 0;
		for (int i = 0; i < line.length; i++) {
			int variable = template[i].indexOf(LogMask.VARIABLE);
			if (template[i].equals(line[i])) {
				equal++;
			}
			else if (variable < 0 || !line[i].startsWith(template[i].substring(0, variable))
					|| !line[i].endsWith(template[i].substring(variable + LogMask.VARIABLE.length()))) {
				return -1;
			}
		}
		return equal;
	}

}
