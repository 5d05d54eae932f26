package dev.whence.instrumenter.workflow;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.whence.instrumenter.manifest.ManifestRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Many manifests, each answered by itself.
 *
 * @param changed how many differ now
 * @param failed how many could not be worked on
 */
record BatchAnswer(@JsonProperty("changes_made") boolean changesMade, int changed, int failed, List<BatchFile> files) {

	/** One file: an answer or an error. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record BatchFile(String path, @JsonUnwrapped @Nullable InstrumentAnswer answer, @Nullable BatchError error) {
	}

	/** Why a file could not be worked on. */
	@JsonInclude(JsonInclude.Include.NON_DEFAULT)
	record BatchError(String code, String detail, int line, int column) {

		static BatchError of(ManifestRefusedException refusal) {
			return new BatchError(refusal.reason().code(), refusal.explanation(), refusal.line(), refusal.column());
		}

	}

}
