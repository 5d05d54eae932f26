package dev.whence.query.metric;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.query.page.QueryParameter;
import dev.whence.query.page.RangeParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Metrics", description = "What was measured, from what was counted per minute")
class MetricController {

	private static final int MOST_BUCKETS = 1_440;

	private final MetricReports reports;

	private final RangeParameters ranges;

	MetricController(MetricReports reports, RangeParameters ranges) {
		this.reports = reports;
		this.ranges = ranges;
	}

	@GetMapping("/query/metrics/names")
	@Operation(summary = "The metrics that were measured, by service and name",
			description = "As far as counts are kept. At most 1,000; truncated says when there are more.")
	MetricNames names(ProjectId project,
			@Parameter(description = "Of one service; of all when absent or empty") @RequestParam(name = "service_name",
					required = false) @Nullable String service,
			@Parameter(description = "What the name contains, in any case") @RequestParam(
					required = false) @Nullable String q) {
		return this.reports.names(project, QueryParameter.text("service_name", service), QueryParameter.text("q", q));
	}

	@GetMapping("/query/metrics/series")
	@Operation(summary = "How a metric went, by its sets of attributes", description = RangeParameters.RANGE
			+ " Sums that only grow, and increments, as amounts per second; all others as they are. Of the 20 series with "
			+ "the most points, fewer examined the longer the range; truncated says when there are more. Not found is a "
			+ "metric of which nothing was counted since the range began.")
	MetricSeries series(ProjectId project,
			@Parameter(description = "The service as it was sent; empty for points that name none") @RequestParam(
					name = "service_name", defaultValue = "") String service,
			@Parameter(description = "Of the metric, as it was sent") @RequestParam String name,
			@Parameter(description = "Of the series with this attribute, such as pool=main") @RequestParam(
					required = false) @Nullable String attribute,
			@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to,
			@Parameter(description = "The greatest number of buckets; a bucket is a day at most") @RequestParam(
					defaultValue = "120") @Min(1) @Max(MOST_BUCKETS) int buckets) {
		QueryParameter.text("service_name", service);
		QueryParameter.text("name", name);
		return this.reports
			.series(project, this.ranges.read(from, to, buckets), service, name, SeriesFilter.parse(attribute))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Metric not found"));
	}

}
