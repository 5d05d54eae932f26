package dev.whence.query.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import dev.whence.model.ProjectId;
import dev.whence.store.rollup.MinuteRange;
import dev.whence.store.rollup.ServiceRollups;
import dev.whence.store.storage.StorageSizes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Storage", description = "What the project's data takes, and whether what it sends arrives")
class StorageController {

	/** Of which the rate of signals is taken. */
	private static final Duration LATELY = Duration.ofDays(7);

	private final StorageSizes sizes;

	private final ServiceRollups rollups;

	private final InstantSource clock;

	StorageController(StorageSizes sizes, ServiceRollups rollups, InstantSource clock) {
		this.sizes = sizes;
		this.rollups = rollups;
		this.clock = clock;
	}

	@GetMapping("/query/storage")
	@Operation(summary = "What the project's data takes, by table, kind and service, and what it will take",
			description = "Looked at every half minute. Where projects share a table, this one has the share of it that it has "
					+ "of the signals counted; segments are exact. Rows are PostgreSQL's estimates. The forecast reckons with "
					+ "the signals of the last seven days, what a closed signal takes and the retention in force.")
	StorageView storage(ProjectId project) {
		Instant now = this.clock.instant();
		Optional<Instant> first = this.rollups.firstMinute(project).filter((minute) -> minute.isBefore(now));
		Instant from = first.filter(now.minus(LATELY)::isBefore).orElse(now.minus(LATELY));
		MinuteRange range = MinuteRange.covering(from, now);
		return new StorageReport(this.sizes.look(), project, this.sizes.retention(project))
			.view(this.rollups.signalsByService(project, range), Duration.between(from, now), first.orElse(null));
	}

}
