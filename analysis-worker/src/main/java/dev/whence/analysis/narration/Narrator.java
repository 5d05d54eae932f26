package dev.whence.analysis.narration;

import org.jspecify.annotations.Nullable;

/** A model that puts findings into words. */
interface Narrator {

	/**
	 * Asks once, in bounded time.
	 * @return what it says; null when it says nothing
	 * @throws RuntimeException when it cannot be asked
	 */
	@Nullable String tell(String instructions, String findings);

}
