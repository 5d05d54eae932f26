package dev.whence.analysis.change;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.whence.analysis.evidence.Change;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes changes in; reading them is the query service's part. */
@RestController
@Tag(name = "Changes", description = "Deploys, builds and configuration, told by whoever does them")
class ChangeController {

	private final ChangeEvents changes;

	private final InstantSource clock;

	ChangeController(ChangeEvents changes, InstantSource clock) {
		this.changes = changes;
		this.clock = clock;
	}

	@PostMapping("/query/changes")
	@Operation(summary = "Tell that something was changed",
			description = "It is shown on the timelines of incidents and is evidence for their causes. 201 when it is new, "
					+ "200 when it was told before.")
	ResponseEntity<Told> tell(ProjectId project, @Valid @RequestBody Telling telling) {
		Change change = telling.change(this.clock.instant());
		ChangeKind kind = telling.parsedKind();
		Optional<Long> added = this.changes.add(project, kind, change);
		Told told = new Told(added.orElseGet(() -> this.changes.idOf(project, kind, change)), change.service(),
				change.at(), kind.wireName(), change.what(), change.link(), added.isPresent());
		return ResponseEntity.status(told.created() ? HttpStatus.CREATED : HttpStatus.OK).body(told);
	}

	/**
	 * A change as it is told.
	 *
	 * @param at now when absent
	 * @param kind deploy, build, commit, config or other; other when absent
	 * @param link where a person can read more
	 */
	record Telling(
			@NotBlank @Size(max = 255) @Pattern(
					regexp = "\\P{Cntrl}*", message = "must not contain control characters") String service,
			@Nullable Instant at,
			@NotBlank @Size(max = 500) @Pattern(regexp = "\\P{Cntrl}*",
					message = "must not contain control characters") String what,
			@Nullable String kind, @Size(max = 2000) @Pattern(regexp = "https?://[^\\s\\p{Cntrl}]+",
					message = "must be an http or https address") @Nullable String link) {

		private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

		private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

		Change change(Instant now) {
			Instant time = (this.at != null) ? this.at : now;
			if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
				throw invalid("at", "lies between the years 2000 and 2200");
			}
			return new Change(this.service.strip(), time.truncatedTo(ChronoUnit.MICROS), this.what.strip(), this.link);
		}

		ChangeKind parsedKind() {
			return (this.kind == null) ? ChangeKind.OTHER : ChangeKind.named(this.kind)
				.orElseThrow(() -> invalid("kind", "is one of deploy, build, commit, config, other"));
		}

		private static ProblemException invalid(String field, String message) {
			return new ProblemException(ProblemCode.INVALID_FIELD, field + " " + message,
					List.of(new FieldError("/" + field, message)), null);
		}

	}

	/**
	 * A change as it is kept.
	 *
	 * @param created false when it was told before
	 */
	record Told(@Nullable Long id, String service, Instant at, String kind, String what, @Nullable String link,
			boolean created) {
	}

}
