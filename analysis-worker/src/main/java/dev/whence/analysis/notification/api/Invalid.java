package dev.whence.analysis.notification.api;

import java.util.List;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;

/** Says what is wrong with one field of a body. */
final class Invalid {

	private Invalid() {
	}

	static ProblemException field(String name, String message) {
		return new ProblemException(ProblemCode.INVALID_FIELD, name + " " + message,
				List.of(new FieldError("/" + name, message)), null);
	}

}
