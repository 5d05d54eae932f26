package dev.whence.analysis.notification.api;

import java.util.UUID;
import java.util.regex.Pattern;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;

/** Reads the ids in paths; what is none belongs to nothing. */
final class Ids {

	/** The canonical form alone: UUID.fromString would also read "1-1-1-1-1". */
	private static final Pattern CANONICAL = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	private Ids() {
	}

	static UUID parse(String text, String what) {
		if (!CANONICAL.matcher(text).matches()) {
			throw unknown(what);
		}
		return UUID.fromString(text);
	}

	static ProblemException unknown(String what) {
		return new ProblemException(ProblemCode.NOT_FOUND, what + " not found");
	}

}
