package dev.whence.xray;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a server's answer to a batch says of its events. Whence lists a result per event;
 * servers that do not have said nothing.
 */
final class Answer {

	private static final Set<String> REFUSED = Set.of("rejected", "refused", "invalid", "conflict", "error", "failed");

	private Answer() {
	}

	/**
	 * How many events were refused one by one; empty when the answer does not tell.
	 * @param events how many there were
	 */
	static OptionalInt refused(String body, int events) {
		try {
			if (JsonReader.read(body) instanceof Map<?, ?> answer && results(answer) instanceof List<?> results) {
				long refused = results.stream().filter(Answer::isRefused).count();
				return OptionalInt.of((int) Math.min(refused, events));
			}
		}
		catch (IllegalArgumentException ex) {
			// A proxy's page, or an answer that was cut.
		}
		return OptionalInt.empty();
	}

	private static @Nullable Object results(Map<?, ?> answer) {
		return answer.containsKey("results") ? answer.get("results") : answer.get("items");
	}

	private static boolean isRefused(@Nullable Object result) {
		return result instanceof Map<?, ?> event && event.get("status") instanceof String status
				&& REFUSED.contains(status);
	}

}
