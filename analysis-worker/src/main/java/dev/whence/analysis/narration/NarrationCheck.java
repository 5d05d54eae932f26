package dev.whence.analysis.narration;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a model's answer with suspicion. It may use ordinary words as it likes, but
 * whatever looks like a name, an id or a figure must stand in the findings, no service
 * but theirs may be named, the first one that is named must be of the first rank, and
 * there are no links and no markup. What is dropped is not missed: the findings say it
 * all.
 */
final class NarrationCheck {

	/** A paragraph. */
	static final int LONGEST = 1_200;

	private static final Pattern MARKUP = Pattern.compile("(?i)[<>]|\\]\\(|https?:|www\\.|//|!\\[|\\bdata:|\\bmailto:");

	/** Joined parts, digits among letters, capitals within: no word of a sentence. */
	private static final Pattern NAME = Pattern.compile(
			"[\\p{Alnum}_]+(?:[-./:#@$][\\p{Alnum}_]+)+|\\p{Alnum}*\\d\\p{Alnum}*|[\\p{Alpha}]+_\\w*|\\p{Lower}+\\p{Upper}\\w*"
					+ "|\\p{Upper}\\p{Lower}+\\p{Upper}\\w*");

	private static final Pattern WORD = Pattern.compile("[\\p{Alnum}_]+(?:[-./:#@$][\\p{Alnum}_]+)*");

	private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");

	private static final Set<String> VERDICTS = Set.of("conclusive", "likely", "inconclusive");

	/** Joined, but ordinary. */
	private static final Set<String> ORDINARY = Set.of("e.g", "i.e", "and/or");

	private NarrationCheck() {
	}

	/**
	 * Why the answer must not be shown; empty when it may.
	 * @param otherServices services of the project that the findings do not name
	 */
	static Optional<String> objection(String answer, Excerpt findings, Collection<String> otherServices) {
		if (answer.isBlank() || answer.length() > LONGEST) {
			return Optional.of("length");
		}
		if (MARKUP.matcher(answer).find() || answer.codePoints().anyMatch(NarrationCheck::isUnseen)) {
			return Optional.of("markup");
		}
		String known = findings.json().toLowerCase(Locale.ROOT);
		Set<String> knownWords = words(known);
		List<String> named = NAME.matcher(answer).results().map(MatchResult::group).toList();
		if (named.stream().anyMatch((name) -> !isKnown(name, knownWords))) {
			return Optional.of("unknown-name");
		}
		if (QUOTED.matcher(answer).results().anyMatch((quoted) -> !known.contains(json(quoted.group(1))))) {
			return Optional.of("unknown-name");
		}
		Set<String> words = words(answer.toLowerCase(Locale.ROOT));
		if (otherServices.stream().anyMatch((service) -> words.contains(service.toLowerCase(Locale.ROOT)))) {
			return Optional.of("other-service");
		}
		if (!firstService(answer, findings).map(findings.likely()::contains).orElse(false)) {
			return Optional.of("other-cause");
		}
		return claimsOtherVerdict(answer, knownWords) ? Optional.of("other-verdict") : Optional.empty();
	}

	private static boolean isKnown(String name, Set<String> knownWords) {
		String lower = name.toLowerCase(Locale.ROOT);
		return knownWords.contains(lower) || ORDINARY.contains(lower);
	}

	private static boolean claimsOtherVerdict(String answer, Set<String> knownWords) {
		return WORD.matcher(answer)
			.results()
			.map(MatchResult::group)
			.filter((word) -> word.equals(word.toUpperCase(Locale.ROOT)))
			.map((word) -> word.toLowerCase(Locale.ROOT))
			.anyMatch((word) -> VERDICTS.contains(word) && !knownWords.contains(word));
	}

	private static Optional<String> firstService(String answer, Excerpt findings) {
		List<String> words = WORD.matcher(answer).results().map(MatchResult::group).toList();
		return words.stream()
			.flatMap((word) -> findings.services().stream().filter((service) -> service.equalsIgnoreCase(word)))
			.findFirst()
			.or(() -> findings.services()
				.stream()
				.filter((service) -> isPhrase(service) && answer.contains(service))
				.findFirst());
	}

	private static boolean isPhrase(String service) {
		return !WORD.matcher(service).matches();
	}

	/** Whole names and their parts. */
	private static Set<String> words(String text) {
		Set<String> words = WORD.matcher(text)
			.results()
			.map(MatchResult::group)
			.collect(Collectors.toCollection(HashSet::new));
		NAME.matcher(text).results().map(MatchResult::group).forEach(words::add);
		return words;
	}

	private static String json(String text) {
		return text.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("\"", "\\\"");
	}

	private static boolean isUnseen(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL -> character != '\n';
			case Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED -> true;
			default -> false;
		};
	}

}
