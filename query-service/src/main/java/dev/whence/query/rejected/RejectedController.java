package dev.whence.query.rejected;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.query.page.Page;
import dev.whence.query.page.QueryParameter;
import dev.whence.store.rejected.RejectedRecordFilter;
import dev.whence.store.rejected.RejectedRecordReader;
import dev.whence.store.rejected.RejectionReason;
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
class RejectedController {

	/** An event of a decision run. */
	private static final String RUN_TYPE = "run";

	/** Where a batch does not say what an item is. */
	private static final String UNKNOWN_TYPE = "unknown";

	private static final List<String> TYPES = Stream
		.concat(Arrays.stream(SignalType.values()).map(SignalType::wireName), Stream.of(RUN_TYPE, UNKNOWN_TYPE))
		.toList();

	private static final List<String> REASONS = Arrays.stream(RejectionReason.values())
		.map(RejectionReason::wireName)
		.toList();

	private final RejectedRecordReader records;

	RejectedController(RejectedRecordReader records) {
		this.records = records;
	}

	@GetMapping("/query/rejected")
	@Operation(summary = "Search records that were not stored, newest first",
			description = "Kept for seven days: samples of what was rejected, and second contents under a known id "
					+ "(reason conflict). The metric whence_ingest_signals_total counts all of them. Times are those of "
					+ "receipt, inclusive, and may be ISO 8601 or seconds or milliseconds since 1970.")
	Page<RejectedView> search(ProjectId project, @RequestParam(required = false) @Nullable String reason,
			@RequestParam(name = "service_name", required = false) @Nullable String service,
			@RequestParam(name = "signal_type", required = false) @Nullable String type,
			@RequestParam(name = "start_time", required = false) @Nullable String start,
			@RequestParam(name = "end_time", required = false) @Nullable String end,
			@RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
			@RequestParam(defaultValue = "0") @Min(0) @Max(Page.LARGEST_OFFSET) int offset) {
		String known = oneOf(REASONS, "reason", reason);
		RejectedRecordFilter filter = new RejectedRecordFilter(
				(known != null) ? RejectionReason.values()[REASONS.indexOf(known)] : null,
				QueryParameter.text("service_name", service), oneOf(TYPES, "signal_type", type),
				QueryParameter.time("start_time", start), QueryParameter.time("end_time", end));
		return Page.of(this.records.search(project, filter, limit, offset).stream().map(RejectedView::from).toList(),
				this.records.count(project, filter, Page.COUNTED), limit, offset);
	}

	private static @Nullable String oneOf(List<String> known, String name, @Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		String lower = text.toLowerCase(Locale.ROOT);
		if (!known.contains(lower)) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter '" + name + "' is one of " + String.join(", ", known));
		}
		return lower;
	}

}
