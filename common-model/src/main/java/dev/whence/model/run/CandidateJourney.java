package dev.whence.model.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What became of one candidate in a step. A step tells of its candidates in
 * {@code outputs.candidates}, {@code metadata.candidates}, {@code outputs.survivors},
 * {@code outputs.items} or {@code outputs.rejected}, each a list of ids or of objects
 * with an {@code id}; objects may say {@code rank}, {@code score}, {@code selected} and
 * {@code reason}.
 */
public final class CandidateJourney {

	/** Lists of what was kept; being in one of them is being selected. */
	private static final List<String> KEPT = List.of("survivors", "items", "selected");

	private static final List<String> DROPPED = List.of("rejected", "dropped");

	private static final List<String> IDS = List.of("id", "candidate_id", "document_id", "doc_id");

	private CandidateJourney() {
	}

	/**
	 * What one step says of the candidate.
	 *
	 * @param rank as told, or its place in the list where the list is whole
	 * @param selected whether it went on; null when the step does not say
	 */
	public record Stop(UUID stepId, String stepName, String stepType, @Nullable Long rank, @Nullable Double score,
			@Nullable Boolean selected, @Nullable String reason) {
	}

	/** What the step says of the candidate; empty when it does not name it. */
	public static Optional<Stop> in(DecisionStep step, String candidate) {
		Map<String, @Nullable Object> outputs = StepCounts.map(step.outputs());
		Optional<Stop> told = find(outputs, "candidates", candidate)
			.or(() -> find(StepCounts.map(step.metadata()), "candidates", candidate))
			.map((found) -> stop(step, found, null));
		return told
			.or(() -> KEPT.stream()
				.flatMap((list) -> find(outputs, list, candidate).stream())
				.findFirst()
				.map((found) -> stop(step, found, true)))
			.or(() -> DROPPED.stream()
				.flatMap((list) -> find(outputs, list, candidate).stream())
				.findFirst()
				.map((found) -> stop(step, found, false)));
	}

	private static Optional<Named> find(Map<String, @Nullable Object> outputs, String list, String candidate) {
		if (!(outputs.get(list) instanceof Collection<?> candidates)) {
			return Optional.empty();
		}
		long place = 0;
		for (Object one : candidates) {
			place++;
			Map<String, @Nullable Object> said = StepCounts.map(one);
			boolean named = said.isEmpty() ? candidate.equals(String.valueOf(one))
					: IDS.stream().map(said::get).anyMatch((id) -> id != null && candidate.equals(id.toString()));
			if (named) {
				return Optional.of(new Named(place, said));
			}
		}
		return Optional.empty();
	}

	private static Stop stop(DecisionStep step, Named named, @Nullable Boolean kept) {
		OptionalLong rank = Numbers.count(named.said, "rank");
		OptionalDouble score = Numbers.number(named.said, "score");
		return new Stop(step.id(), step.name(), step.type(),
				rank.isPresent() ? Long.valueOf(rank.getAsLong()) : step.isSampled() ? null : Long.valueOf(named.place),
				score.isPresent() ? score.getAsDouble() : null,
				(named.said.get("selected") instanceof Boolean selected) ? selected : kept,
				(named.said.get("reason") instanceof String reason) ? reason : null);
	}

	/**
	 * A candidate in a list.
	 *
	 * @param place its place, counted from 1
	 * @param said what else is said of it
	 */
	private record Named(long place, Map<String, @Nullable Object> said) {
	}

}
