package dev.whence.model.run;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** What several events about one thing say of it: the first that says anything. */
final class Told {

	private Told() {
	}

	static @Nullable Object any(List<RunEvent> believed, String key) {
		return believed.stream()
			.map((event) -> event.data().get(key))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	static @Nullable String text(List<RunEvent> believed, String key) {
		return believed.stream().map((event) -> event.text(key)).filter(Objects::nonNull).findFirst().orElse(null);
	}

	static String text(List<RunEvent> believed, String key, String otherwise) {
		String text = text(believed, key);
		return (text != null && !text.isBlank()) ? text : otherwise;
	}

	/** The number, 0 when none says one. */
	static double number(Collection<RunEvent> believed, String key) {
		return believed.stream()
			.map((event) -> Numbers.number(event.data(), key))
			.filter((number) -> number.isPresent())
			.mapToDouble((number) -> number.getAsDouble())
			.findFirst()
			.orElse(0);
	}

}
