package dev.whence.analysis.notification.api;

import java.util.UUID;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.UuidText;

/** Reads the ids in paths; what is none belongs to nothing. */
final class Ids {

	private Ids() {
	}

	static UUID parse(String text, String what) {
		return UuidText.canonical(text).orElseThrow(() -> unknown(what));
	}

	static ProblemException unknown(String what) {
		return new ProblemException(ProblemCode.NOT_FOUND, what + " not found");
	}

}
