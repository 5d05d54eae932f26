package dev.whence.query.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.whence.model.LogLevel;
import dev.whence.model.LogMask;
import dev.whence.model.LogRecord;
import dev.whence.model.search.Expression;
import org.jspecify.annotations.Nullable;

/**
 * What the newest log records that match say, each statement once.
 *
 * @param examined how many records these are
 * @param more whether others match, which were not looked at
 */
record LogPatterns(List<Statement> patterns, int examined, boolean more, @JsonUnwrapped Completeness completeness) {

	/**
	 * One statement.
	 *
	 * @param share of the records that were examined
	 * @param level the graver one, where it is logged under several
	 * @param query finds records that say it
	 */
	record Statement(String template, long count, double share, @Nullable String severity, List<String> services,
			@JsonProperty("first_seen") Instant firstSeen, @JsonProperty("last_seen") Instant lastSeen, String example,
			String query) {
	}

	static LogPatterns of(List<LogRecord> logs, boolean more, int limit, Completeness completeness) {
		Map<String, List<LogRecord>> byTemplate = new HashMap<>();
		logs.forEach((log) -> byTemplate.computeIfAbsent(LogMask.of(log.message()), (_) -> new ArrayList<>()).add(log));
		List<Statement> statements = new ArrayList<>();
		byTemplate.forEach((template, some) -> statements.add(statement(template, some, logs.size())));
		statements.sort(Comparator.comparingLong(Statement::count).reversed().thenComparing(Statement::template));
		return new LogPatterns(statements.stream().limit(limit).toList(), logs.size(), more, completeness);
	}

	private static Statement statement(String template, List<LogRecord> logs, int all) {
		TreeSet<String> services = new TreeSet<>();
		logs.forEach((log) -> services.add(log.serviceName()));
		LogRecord gravest = logs.stream()
			.max(Comparator.comparing((log) -> LogLevel.ofText(log.level()),
					Comparator.nullsFirst(Comparator.naturalOrder())))
			.orElseThrow();
		return new Statement(template, logs.size(), (double) logs.size() / all,
				gravest.level().isEmpty() ? null : gravest.level(), List.copyOf(services),
				logs.stream().map(LogRecord::timestamp).min(Comparator.naturalOrder()).orElseThrow(),
				logs.stream().map(LogRecord::timestamp).max(Comparator.naturalOrder()).orElseThrow(),
				LogMask.statement(logs.getFirst().message()), query(template));
	}

	/** The longest of its constant parts that stands between words. */
	private static String query(String template) {
		String longest = "";
		for (String part : template.split(Pattern.quote(LogMask.VARIABLE))) {
			String words = part.strip();
			if (words.length() > longest.length()) {
				longest = words;
			}
		}
		return longest.isEmpty() ? new Expression.Everything().toString()
				: new Expression.Phrase(null, longest, false).toString();
	}

}
