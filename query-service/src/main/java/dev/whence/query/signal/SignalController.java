package dev.whence.query.signal;

import java.time.Instant;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.query.page.Page;
import dev.whence.query.page.QueryParameter;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Signals")
class SignalController {

	private final SignalReader signals;

	SignalController(SignalReader signals) {
		this.signals = signals;
	}

	@GetMapping("/query/signals")
	@Operation(summary = "Search signals, newest first",
			description = "Times are inclusive and may be ISO 8601 or seconds or milliseconds since 1970.")
	Page<SignalView> search(ProjectId project,
			@RequestParam(name = "trace_id", required = false) @Nullable String trace,
			@RequestParam(name = "service_name", required = false) @Nullable String service,
			@RequestParam(name = "signal_type", required = false) @Nullable String type,
			@RequestParam(name = "start_time", required = false) @Nullable String start,
			@RequestParam(name = "end_time", required = false) @Nullable String end,
			@RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
			@RequestParam(defaultValue = "0") @Min(0) @Max(Page.LARGEST_OFFSET) int offset) {
		Instant from = QueryParameter.time("start_time", start);
		Instant to = QueryParameter.time("end_time", end);
		SignalFilter filter = new SignalFilter(QueryParameter.trace("trace_id", trace),
				QueryParameter.text("service_name", service),
				QueryParameter.oneOf(SignalType.class, "signal_type", type), from, to);
		return Page.of(this.signals.search(project, filter, limit, offset).stream().map(SignalView::from).toList(),
				this.signals.count(project, filter, Page.COUNTED), limit, offset);
	}

}
