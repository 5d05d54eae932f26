package dev.whence.query.run;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.run.CandidateJourney;
import org.jspecify.annotations.Nullable;

/**
 * One candidate through the steps of a run.
 *
 * @param outcome what the last step did that says whether it kept the candidate:
 * {@code selected} or {@code dropped}; {@code unknown} where none says so
 * @param sampled whether steps have more candidates than were kept, so that the candidate
 * may have been in more of them
 */
record JourneyView(@JsonProperty("run_id") UUID runId, String candidate, String outcome, boolean sampled,
		List<Stop> stops) {

	static JourneyView of(UUID run, String candidate, List<CandidateJourney.Stop> stops, boolean sampled) {
		String outcome = "unknown";
		for (CandidateJourney.Stop stop : stops) {
			if (stop.selected() != null) {
				outcome = stop.selected() ? "selected" : "dropped";
			}
		}
		return new JourneyView(run, candidate, outcome, sampled, stops.stream().map(Stop::of).toList());
	}

	/** The candidate in one step. */
	record Stop(@JsonProperty("step_id") UUID stepId, @JsonProperty("step_name") String stepName,
			@JsonProperty("step_type") String stepType, @Nullable Long rank, @Nullable Double score,
			@Nullable Boolean selected, @Nullable String reason) {

		static Stop of(CandidateJourney.Stop stop) {
			return new Stop(stop.stepId(), stop.stepName(), stop.stepType(), stop.rank(), stop.score(), stop.selected(),
					stop.reason());
		}

	}

}
