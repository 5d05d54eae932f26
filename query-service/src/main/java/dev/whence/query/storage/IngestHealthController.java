package dev.whence.query.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.whence.model.ProjectId;
import dev.whence.query.page.RangeParameters;
import dev.whence.query.service.Freshness;
import dev.whence.query.storage.IngestHealth.Rejected;
import dev.whence.store.rejected.RejectedRecordFilter;
import dev.whence.store.rejected.RejectedRecordReader;
import dev.whence.store.rollup.MinuteRange;
import dev.whence.store.rollup.ServiceRollups;
import dev.whence.store.rollup.SignalTotals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Storage")
class IngestHealthController {

	private final ServiceRollups rollups;

	private final RejectedRecordReader rejected;

	private final Freshness freshness;

	private final RangeParameters ranges;

	IngestHealthController(ServiceRollups rollups, RejectedRecordReader rejected, Freshness freshness,
			RangeParameters ranges) {
		this.rollups = rollups;
		this.rejected = rejected;
		this.freshness = freshness;
		this.ranges = ranges;
	}

	@GetMapping("/query/ingest-health")
	@Operation(summary = "What was stored and what was refused, and how far counting is behind",
			description = RangeParameters.RANGE
					+ " Rejected records are the samples that are kept for seven days; the metric whence_ingest_signals_total "
					+ "counts all of them, and it alone counts duplicates, of which nothing is stored.")
	IngestHealth health(ProjectId project, @RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to) {
		MinuteRange range = this.ranges.read(from, to);
		SignalTotals signals = this.rollups.signals(project, range);
		// The end of a filter is included, and PostgreSQL keeps microseconds.
		RejectedRecordFilter refused = new RejectedRecordFilter(null, null, null, range.from(),
				range.to().minus(1, ChronoUnit.MICROS));
		List<Rejected> rejected = this.rejected.countByReason(project, refused)
			.entrySet()
			.stream()
			.map((entry) -> new Rejected(entry.getKey().wireName(), entry.getValue()))
			.toList();
		Instant watermark = this.freshness.watermark(project, range.from());
		return new IngestHealth(signals.all(), signals.logs(), signals.spans(), signals.points(), rejected,
				this.freshness.lag(watermark).toSeconds(), range.from(), range.to(), watermark);
	}

}
