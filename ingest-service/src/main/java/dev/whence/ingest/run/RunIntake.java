package dev.whence.ingest.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.whence.ingest.intake.Intake;
import dev.whence.ingest.intake.TextSanitizer;
import dev.whence.model.ProjectId;
import dev.whence.model.run.RunEvent;
import dev.whence.model.run.RunEventType;
import dev.whence.store.RunEventWriter;
import dev.whence.store.RunSubmission;
import dev.whence.store.WriteOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Takes events of runs from any transport: cleans their texts, stores them and counts
 * what became of each. When it returns, everything is on disk.
 */
@Component
public class RunIntake {

	private final RunEventWriter writer;

	private final RunEventJson json;

	private final Intake intake;

	RunIntake(RunEventWriter writer, RunEventJson json, Intake intake) {
		this.writer = writer;
		this.json = json;
		this.intake = intake;
	}

	/**
	 * @return one outcome per event, in the same order
	 */
	public List<WriteOutcome> accept(ProjectId project, List<RunSubmission> events) {
		if (events.isEmpty()) {
			return List.of();
		}
		TextSanitizer sanitizer = new TextSanitizer();
		List<RunSubmission> submissions = new ArrayList<>(events.size());
		events.forEach((one) -> submissions.add(new RunSubmission(one.eventId(), clean(one.event(), sanitizer))));
		submissions.addAll(seen(submissions));
		List<WriteOutcome> outcomes = this.writer.write(project, submissions).subList(0, events.size());
		this.intake.sanitized(sanitizer.replaced());
		this.intake.countRunEvents(outcomes);
		return outcomes;
	}

	/** The id of an event that was not sent but made, the same whenever it is made. */
	public UUID identify(RunEvent event) {
		return this.json.identify(event);
	}

	/**
	 * Marks of the runs of which a request tells steps and nothing else, so that they are
	 * listed before, or without, the event that tells of them.
	 */
	private List<RunSubmission> seen(List<RunSubmission> submissions) {
		Set<UUID> told = new HashSet<>();
		Map<UUID, RunSubmission> stepsOnly = new LinkedHashMap<>();
		for (RunSubmission submission : submissions) {
			RunEvent event = submission.event();
			if (event.type().isOfRun()) {
				told.add(event.runId());
			}
			else if (event.type().isOfStep()) {
				stepsOnly.merge(event.runId(), submission, RunIntake::earlier);
			}
		}
		stepsOnly.keySet().removeAll(told);
		return stepsOnly.values().stream().map(this::seen).toList();
	}

	private RunSubmission seen(RunSubmission first) {
		RunEvent step = first.event();
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("step", first.eventId().toString());
		data.put("started_at", (step.text("started_at") != null) ? step.text("started_at") : step.text("completed_at"));
		RunEvent seen = new RunEvent(step.runId(), step.runId(), RunEventType.RUN_SEEN,
				RunEventType.RUN_SEEN.wireName(), data);
		return new RunSubmission(this.json.identify(seen), seen);
	}

	// Any choice will do as long as a repeated request makes the same.
	private static RunSubmission earlier(RunSubmission one, RunSubmission other) {
		return (one.eventId().compareTo(other.eventId()) <= 0) ? one : other;
	}

	private static RunEvent clean(RunEvent event, TextSanitizer sanitizer) {
		return new RunEvent(event.runId(), event.subject(), event.type(), sanitizer.clean(event.name()),
				sanitizer.clean(event.data()));
	}

}
