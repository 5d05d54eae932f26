package dev.whence.analysis.narration;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a text what must not leave the installation: e-mail addresses, tokens and
 * keys, network addresses, long numbers; and what only a machine sees: control and format
 * characters, among them those that spell out hidden text.
 */
final class Redaction {

	private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]+");

	private static final List<Rule> RULES = List.of(
			rule("[\\p{Alnum}._%+-]+@[\\p{Alnum}-]+(\\.[\\p{Alnum}-]+)+", "[e-mail]"),
			// JSON web tokens, then whatever follows a word that announces a secret.
			rule("eyJ[\\w-]+\\.[\\w-]+(\\.[\\w-]*)?", "[token]"),
			rule("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}", "[token]"),
			rule("(?i)\\b(password|passwd|secret|token|api[_-]?key|authorization)\\b\\s*[=:]\\s*\\S+", "[secret]"),
			rule("\\b(\\d{1,3}\\.){3}\\d{1,3}(:\\d+)?\\b", "[address]"),
			// A time of day has three parts of two digits; what is left looks like it
			// alone.
			rule("(?i)(?<![\\w:])(?!\\d{1,2}:\\d\\d:\\d\\d(?![\\w:]))([0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![\\w:])",
					"[address]"),
			// Long and unbroken with digits among the letters: a key, whoever issued it.
			rule("\\b(?=[\\w/+=-]*\\d)(?=[\\w/+=-]*[A-Za-z])[A-Za-z0-9_/+=-]{32,}", "[token]"),
			rule("\\b\\d(?:[ -]?\\d){11,18}\\b", "[number]"));

	private Redaction() {
	}

	/** One line without what must not be told, at most so long. */
	static String line(String text, int most) {
		String line = UNSEEN.matcher(text).replaceAll(" ");
		for (Rule rule : RULES) {
			line = rule.pattern().matcher(line).replaceAll(rule.replacement());
		}
		line = line.strip();
		return (line.length() <= most) ? line : line.substring(0, line.offsetByCodePoints(0, most / 2)) + "…";
	}

	private static Rule rule(String pattern, String replacement) {
		return new Rule(Pattern.compile(pattern), replacement.replace("[", "\\["));
	}

	private record Rule(Pattern pattern, String replacement) {
	}

}
