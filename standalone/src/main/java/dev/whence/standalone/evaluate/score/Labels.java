package dev.whence.standalone.evaluate.score;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.whence.standalone.evaluate.data.JsonLines;

/**
 * The truth, read from {@code labels.jsonl}: who was the cause of each case.
 *
 * @param causes by case, the label first; some data sets accept others beside it
 */
public record Labels(Map<String, Cause> causes) {

	/** Reads all labels. */
	public static Labels read(Path file) {
		Map<String, Cause> causes = new HashMap<>();
		JsonLines.read(file, (_, line) -> {
			Set<String> accepted = new HashSet<>();
			String service = line.path("root_cause_service").asString("");
			accepted.add(service);
			line.path("accepted_services").forEach((other) -> accepted.add(other.asString("")));
			causes.put(line.path("case_id").asString(""), new Cause(service, accepted));
		});
		return new Labels(Map.copyOf(causes));
	}

	/** The label of a case and all that count as right. */
	public record Cause(String service, Set<String> accepted) {
	}

}
