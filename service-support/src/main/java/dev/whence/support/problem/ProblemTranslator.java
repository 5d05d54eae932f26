package dev.whence.support.problem;

import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;

/** Recognises the failures of one library. */
@FunctionalInterface
public interface ProblemTranslator {

	/** The problem this failure is, or null when it belongs to somebody else. */
	@Nullable ProblemException translate(Throwable failure);

}
