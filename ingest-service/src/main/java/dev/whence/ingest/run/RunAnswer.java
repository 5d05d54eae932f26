package dev.whence.ingest.run;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.whence.model.ProblemException.FieldError;

/**
 * What became of the events of a request. X-Ray's clients read the first two fields at
 * most.
 *
 * @param status {@code ok}
 * @param processed how many events were taken: stored now, or by an earlier request
 * @param results in the order of the request
 */
record RunAnswer(String status, int processed, int duplicates, int rejected, List<Result> results) {

	/**
	 * One event.
	 *
	 * @param status {@code stored}, {@code duplicate} or {@code rejected}
	 * @param errors why it was rejected
	 */
	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	record Result(@JsonInclude int index, String status, List<FieldError> errors) {
	}

}
