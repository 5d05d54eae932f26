package dev.whence.analysis.notification.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The best explanation that there is.
 *
 * @param evidence the first line of its evidence
 * @param confidence from 0 to 100
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cause(String verdict, @Nullable String service, String statement, @Nullable String evidence,
		double confidence) {
}
