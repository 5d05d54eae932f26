package dev.whence.model.run;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

/** What several events about one thing say of it: the first that says anything. */
final class Told {

	private Told() {
	}

	static @Nullable Object any(List<RunEvent> believed, String key) {
		for (RunEvent event : believed) {
			Object told = event.data().get(key);
			if (told != null) {
				return told;
			}
		}
		return null;
	}

	static @Nullable String text(List<RunEvent> believed, String key) {
		for (RunEvent event : believed) {
			String told = event.text(key);
			if (told != null) {
				return told;
			}
		}
		return null;
	}

	static String text(List<RunEvent> believed, String key, String otherwise) {
		String text = text(believed, key);
		return (text != null && !text.isBlank()) ? text : otherwise;
	}

	/** The number, 0 when none says one. */
	static double number(Collection<RunEvent> believed, String key) {
		for (RunEvent event : believed) {
			OptionalDouble told = Numbers.number(event.data(), key);
			if (told.isPresent()) {
				return told.getAsDouble();
			}
		}
		return 0;
	}

}
