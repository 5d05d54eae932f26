package dev.whence.ingest.retention;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.RetentionChoices;

@RestController
@Tag(name = "Retention", description = "For how many days a project keeps its telemetry")
class RetentionController {

	private final RetentionChoices choices;

	RetentionController(RetentionChoices choices) {
		this.choices = choices;
	}

	@GetMapping("/ingest/retention")
	@Operation(summary = "For how many days logs, traces and metrics are kept")
	RetentionDays days(ProjectId project) {
		return RetentionDays.from(this.choices.of(project));
	}

	@PutMapping("/ingest/retention")
	@Operation(summary = "Choose for how many days to keep them", description = """
			Counts for what arrives a minute from now on; what is stored keeps the days it was stored with.
			Kept for 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120 or 180 days or 1, 2, 3, 5 or 10 years: a number
			in between becomes the next of these, as the answer shows.""")
	RetentionDays choose(ProjectId project, @Valid @RequestBody RetentionDays days) {
		for (SignalType type : SignalType.values()) {
			Integer chosen = days.of(type);
			if (chosen != null) {
				this.choices.choose(project, type, chosen);
			}
		}
		return days(project);
	}

}
