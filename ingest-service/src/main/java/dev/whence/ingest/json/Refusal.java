package dev.whence.ingest.json;

import java.util.List;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.store.rejected.RejectionReason;

/**
 * Why one record is not taken.
 *
 * @param code what a request answers that holds nothing else
 * @param errors at least one; pointers are relative to the record
 */
public record Refusal(ProblemCode code, RejectionReason reason, List<FieldError> errors) implements JsonItem {

	public static Refusal of(ProblemCode code, RejectionReason reason, String pointer, String message) {
		return new Refusal(code, reason, List.of(new FieldError(pointer, message)));
	}

	/** The first error in words. */
	public String detail() {
		FieldError first = this.errors.getFirst();
		return first.pointer().isEmpty() ? first.message() : first.pointer().substring(1) + " " + first.message();
	}

	/** The same for somebody who sees the record as a part of something larger. */
	public Refusal under(String pointer) {
		return new Refusal(this.code, this.reason,
				this.errors.stream()
					.map((error) -> new FieldError(pointer + error.pointer(), error.message()))
					.toList());
	}

	public ProblemException toProblem() {
		boolean fields = this.code == ProblemCode.INVALID_FIELD;
		return new ProblemException(this.code, detail(), fields ? this.errors : List.of(), null);
	}

}
