package dev.whence.analysis.observation;

import java.time.Instant;
import java.util.Map;

import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One firing of one thing.
 *
 * @param fingerprint names what fires; the same whenever it fires again
 * @param name the alert's name, or the kind of deviation
 * @param service empty when nobody knows
 * @param operation empty when it is not about one
 * @param title one line for a person
 * @param labels what identifies it; {@code service}, {@code instance}, {@code host},
 * {@code caller}, {@code operation} and {@code status} have a meaning to the root cause
 * analysis
 * @param annotations what describes it; {@code message} and {@code count} have a meaning
 * to the root cause analysis
 * @param endsAt null while it fires
 */
public record Observation(ProjectId project, Source source, String fingerprint, String name, String service,
		String operation, Severity severity, String title, Map<String, String> labels, Map<String, String> annotations,
		Instant startsAt, @Nullable Instant endsAt) {
}
