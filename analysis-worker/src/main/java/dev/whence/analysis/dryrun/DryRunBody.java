package dev.whence.analysis.dryrun;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.incident.FormingRules;
import dev.whence.analysis.notification.route.Route;
import dev.whence.analysis.notification.route.Strategy;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * What is to be tried. What is absent stays as it is.
 *
 * @param from 24 hours before the end when absent
 * @param to now when absent
 * @param gap e.g. {@code PT2M} or {@code 120s}
 * @param unknown the fields that nobody knows: a rule with a misspelt name would seem to
 * change nothing
 */
record DryRunBody(@Nullable Instant from, @Nullable Instant to, @Nullable String gap,
		@Min(0) @Max(10) @Nullable Integer reach, @JsonProperty("opens_from") @Nullable String opensFrom,
		@JsonProperty("analyses_from") @Nullable String analysesFrom, @Valid @Nullable RouteBody route,
		@JsonAnySetter @Schema(hidden = true) @Nullable Map<String, @Nullable Object> unknown) {

	static final Duration DEFAULT_SPAN = Duration.ofDays(1);

	/** What can be compared in a request; a week is what people look back at. */
	static final Duration MAX_SPAN = Duration.ofDays(7);

	static final Duration MAX_GAP = Duration.ofDays(1);

	static final DryRunBody EMPTY = new DryRunBody(null, null, null, null, null, null, null, null);

	/**
	 * The time that is looked at.
	 * @throws ProblemException when a field is wrong or unknown
	 */
	Span span(Instant now) {
		refuseUnknown("", this.unknown);
		Instant end = (this.to != null) ? this.to : now;
		Instant start = (this.from != null) ? this.from : end.minus(DEFAULT_SPAN);
		if (!start.isBefore(end)) {
			throw invalid("from", "must be before the end");
		}
		if (start.isBefore(end.minus(MAX_SPAN))) {
			throw invalid("from", "must be at most " + MAX_SPAN.toDays() + " days before the end");
		}
		return new Span(start, end);
	}

	/** Today's rules with what is to be tried. */
	FormingRules rules(FormingRules today) {
		return new FormingRules(parsedGap(today.gap()), (this.reach != null) ? this.reach : today.reach(),
				severity("opens_from", this.opensFrom, today.opensFrom()),
				severity("analyses_from", this.analysesFrom, today.analysesFrom()));
	}

	private Duration parsedGap(Duration today) {
		if (this.gap == null) {
			return today;
		}
		Duration parsed;
		try {
			parsed = DurationStyle.detectAndParse(this.gap.strip());
		}
		catch (IllegalArgumentException | ArithmeticException _) {
			throw invalid("gap", "is a duration such as PT2M or 120s");
		}
		if (parsed.compareTo(Duration.ofSeconds(1)) < 0 || parsed.compareTo(MAX_GAP) > 0) {
			throw invalid("gap", "is between one second and one day");
		}
		return parsed;
	}

	private static Severity severity(String field, @Nullable String wanted, Severity otherwise) {
		return (wanted == null) ? otherwise
				: Stream.of(Severity.values())
					.filter((severity) -> severity.name().equalsIgnoreCase(wanted))
					.findFirst()
					.orElseThrow(() -> invalid(field, "is none of low, medium, high, critical"));
	}

	private static void refuseUnknown(String parent, @Nullable Map<String, @Nullable Object> unknown) {
		if (unknown != null && !unknown.isEmpty()) {
			throw invalid(parent + unknown.keySet().stream().min(String::compareTo).orElseThrow(), "is not known here");
		}
	}

	static ProblemException invalid(String field, String message) {
		return new ProblemException(ProblemCode.INVALID_FIELD, field + " " + message,
				List.of(new FieldError("/" + field, message)), null);
	}

	/** A range of time, both ends included. */
	record Span(Instant from, Instant to) {
	}

	/**
	 * A route that is to be tried, beside those that there are.
	 *
	 * @param channel the channel that it would lead to; absent for one that has no other
	 * routes
	 * @param services empty for all
	 * @param minSeverity high when absent
	 * @param strategy all-updates when absent
	 */
	record RouteBody(@Nullable UUID channel,
			@Size(max = 100) @Nullable List<@NotBlank @Size(max = 255) String> services,
			@JsonProperty("min_severity") @Nullable String minSeverity, @Nullable String strategy,
			@JsonAnySetter @Schema(hidden = true) @Nullable Map<String, @Nullable Object> unknown) {

		private static final UUID NOWHERE = new UUID(0, 0);

		Route route(ProjectId project, Instant now) {
			refuseUnknown("route/", this.unknown);
			return new Route(NOWHERE, project, (this.channel != null) ? this.channel : NOWHERE,
					(this.services != null) ? this.services.stream().distinct().toList() : List.of(),
					severity("route/min_severity", this.minSeverity, Severity.HIGH), parsedStrategy(), true, now);
		}

		private Strategy parsedStrategy() {
			return (this.strategy == null) ? Strategy.ALL_UPDATES : Strategy.named(this.strategy)
				.orElseThrow(() -> invalid("route/strategy", "is none of new-only, all-updates, none"));
		}

	}

}
