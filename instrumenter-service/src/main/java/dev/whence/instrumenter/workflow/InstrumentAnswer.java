package dev.whence.instrumenter.workflow;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.instrumenter.manifest.Finding;
import dev.whence.instrumenter.manifest.InstrumentResult;
import dev.whence.instrumenter.manifest.InstrumentResult.Summary;
import dev.whence.instrumenter.manifest.WorkloadReport;
import org.jspecify.annotations.Nullable;

/**
 * The answer: the two members of the original service, and what it never said.
 *
 * @param companion an Instrumentation resource to apply beside it, if asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InstrumentAnswer(@JsonProperty("modified_manifest_content") String manifest,
		@JsonProperty("changes_made") boolean changed, List<WorkloadReport> workloads, List<Finding> findings,
		String diff, Summary summary, @JsonProperty("instrumentation_resource") @Nullable String companion) {

	static InstrumentAnswer of(InstrumentResult result, @Nullable String companion) {
		return new InstrumentAnswer(result.text(), result.changed(), result.workloads(), result.findings(),
				result.diff(), result.summary(), companion);
	}

}
