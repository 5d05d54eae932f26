package dev.whence.analysis.rootcause;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** What {@code ai_explanation} says: the report, and beside it all findings. */
record Explanation(@JsonProperty("full_report") String fullReport, @JsonUnwrapped Findings findings) {
}
