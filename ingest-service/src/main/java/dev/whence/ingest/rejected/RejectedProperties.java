package dev.whence.ingest.rejected;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many rejected records one process keeps for people to look at. At the defaults, a
 * week of nothing but rejected records is at most three million rows of about two
 * kilobytes before compression; the metrics count all records in any case.
 *
 * @param perProject rows a minute of one project; 0 keeps none
 * @param perMinute rows a minute of all projects together
 */
@Validated
@ConfigurationProperties("whence.ingest.rejected")
record RejectedProperties(@DefaultValue("60") @Min(0) @Max(6000) int perProject,
		@DefaultValue("300") @Min(0) @Max(60_000) int perMinute) {
}
