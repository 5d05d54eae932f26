package dev.whence.analysis.template;

import dev.whence.model.LogMask;

/**
 * What is left of a template when its lists are of any length and the noun after a number
 * may be one or many: "closed &lt;*&gt; - &lt;*&gt;" is "closed &lt;*&gt;".
 */
final class Outline {

	private static final String SEPARATORS = ",;:|/-";

	private Outline() {
	}

	static String of(String[] words) {
		StringBuilder outline = new StringBuilder();
		boolean afterValue = false;
		int listEnd = -1;
		for (String word : words) {
			String bare = bare(word);
			boolean value = bare.equals(LogMask.VARIABLE);
			if (value && listEnd >= 0) {
				outline.setLength(listEnd);
			}
			else {
				outline.append(' ')
					.append(value ? bare
							: (afterValue && isPlural(word)) ? word.substring(0, word.length() - 1) : word);
			}
			if (value) {
				listEnd = outline.length();
			}
			else if (!isSeparator(word)) {
				listEnd = -1;
			}
			afterValue = word.contains(LogMask.VARIABLE);
		}
		return outline.toString();
	}

	/**
	 * Without the separators and the brackets that may stand around an item of a list.
	 */
	private static String bare(String word) {
		int to = word.length();
		while (to > 0 && SEPARATORS.indexOf(word.charAt(to - 1)) >= 0) {
			to--;
		}
		boolean bracketed = to > 2 && (word.startsWith("[") && word.charAt(to - 1) == ']'
				|| word.startsWith("(") && word.charAt(to - 1) == ')'
				|| word.startsWith("\"") && word.charAt(to - 1) == '"');
		return bracketed ? word.substring(1, to - 1) : word.substring(0, to);
	}

	private static boolean isPlural(String word) {
		return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
	}

	private static boolean isSeparator(String word) {
		return word.chars().allMatch((c) -> SEPARATORS.indexOf(c) >= 0);
	}

}
