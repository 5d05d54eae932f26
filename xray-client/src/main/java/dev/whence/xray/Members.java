package dev.whence.xray;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Takes over what applications hand in as maps. */
final class Members {

	private Members() {
	}

	/** As much of the map as it gives away without throwing. */
	static void copy(Map<?, ?> from, Map<String, @Nullable Object> into) {
		try {
			from.forEach((name, value) -> into.put(Json.describe(name), value));
		}
		catch (RuntimeException ex) {
			// Null, or changed meanwhile: the application's own mistake, and none of its
			// concern here.
		}
	}

}
