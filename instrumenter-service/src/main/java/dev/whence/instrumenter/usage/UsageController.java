package dev.whence.instrumenter.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Manifests")
class UsageController {

	private static final int MOST_DAYS = 366;

	private final UsageRepository usage;

	private final UsageSchema schema;

	private final InstantSource clock;

	UsageController(UsageRepository usage, UsageSchema schema, InstantSource clock) {
		this.usage = usage;
		this.schema = schema;
		this.clock = clock;
	}

	@GetMapping("/workflow/usage")
	@Operation(summary = "Counts over time", description = "For administrators. No manifest is ever kept.")
	UsageReport usage(@RequestParam(defaultValue = "30") int days) {
		if (days < 1 || days > MOST_DAYS) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER, "days is between 1 and " + MOST_DAYS);
		}
		Instant since = this.clock.instant().minus(Duration.ofDays(days));
		try {
			this.schema.ensure();
		}
		catch (UsageSchema.NotReadyException ex) {
			throw new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE, "The database does not answer; try again");
		}
		return new UsageReport(since, this.usage.days(since), this.usage.repositories(since),
				this.usage.languages(since), this.usage.findings(since));
	}

	/** Counts since an instant; lists hold the 50 largest. */
	record UsageReport(Instant since, List<UsageRepository.Day> days, List<UsageRepository.Count> repositories,
			List<UsageRepository.Count> languages, List<UsageRepository.Count> findings) {
	}

}
