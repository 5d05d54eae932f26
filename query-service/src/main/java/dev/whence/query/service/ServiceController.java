package dev.whence.query.service;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.query.page.QueryParameter;
import dev.whence.query.page.RangeParameters;
import dev.whence.query.service.ServiceView.Services;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Services", description = "Rate, errors and durations, from what was counted per minute")
class ServiceController {

	/** Where the caller does not say how many. */
	private static final String BUCKETS = "120";

	private static final int USUAL_BUCKETS = Integer.parseInt(BUCKETS);

	/** The minutes of a day. */
	private static final int MOST_BUCKETS = 1_440;

	private final ServiceReports reports;

	private final RangeParameters ranges;

	ServiceController(ServiceReports reports, RangeParameters ranges) {
		this.reports = reports;
		this.ranges = ranges;
	}

	@GetMapping("/query/services")
	@Operation(summary = "The services with spans or logs, the one with the most calls first",
			description = RangeParameters.RANGE
					+ " Calls are server and consumer spans; where a service has none, all of "
					+ "its spans. At most 1,000; truncated says when there are more.")
	Services services(ProjectId project, @RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to) {
		return this.reports.services(project, this.ranges.read(from, to, USUAL_BUCKETS));
	}

	@GetMapping("/query/services/{*name}")
	@Operation(summary = "One service: its figures over time, operations, neighbours, logs, changes and open incidents",
			description = RangeParameters.RANGE
					+ " At most 120 buckets of whole minutes and 1,000 operations. The name may have slashes; one that no "
					+ "path can hold is asked for with /query/service. Not found is a service of which nothing is kept.")
	ServiceDetail service(ProjectId project,
			@Parameter(description = "The name as it was sent") @PathVariable String name,
			@RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to) {
		return find(project, name.substring(1), from, to);
	}

	@GetMapping("/query/service")
	@Operation(summary = "The same for a service with any name, and for signals that name none",
			description = RangeParameters.RANGE)
	ServiceDetail anyService(ProjectId project,
			@Parameter(description = "The name as it was sent; empty for signals that name none") @RequestParam(
					defaultValue = "") String service,
			@RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to) {
		return find(project, service, from, to);
	}

	@GetMapping("/query/service-map")
	@Operation(summary = "The services and who calls whom", description = RangeParameters.RANGE
			+ " At most 1,000 services and edges, those with the most calls; truncated says when there are more.")
	ServiceMap map(ProjectId project, @RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to) {
		return this.reports.map(project, this.ranges.read(from, to, USUAL_BUCKETS));
	}

	@GetMapping("/query/errors")
	@Operation(summary = "Calls and errors over time, by service", description = RangeParameters.RANGE
			+ " Buckets are whole minutes, as many of them as keep their number within the one asked for; of the 100 "
			+ "services with the most calls.")
	ErrorSeries errors(ProjectId project, @RequestParam(required = false) @Nullable String service,
			@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to,
			@Parameter(description = "The greatest number of buckets; a bucket is a day at most") @RequestParam(
					defaultValue = BUCKETS) @Min(1) @Max(MOST_BUCKETS) int buckets) {
		return this.reports.errors(project, this.ranges.read(from, to, buckets),
				QueryParameter.text("service", service));
	}

	private ServiceDetail find(ProjectId project, String name, @Nullable String from, @Nullable String to) {
		QueryParameter.text("service", name);
		return this.reports.service(project, this.ranges.read(from, to, USUAL_BUCKETS), name)
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Service not found"));
	}

}
