package dev.whence.query.page;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Reads parameters that name any of several values, separated by commas. */
public final class Choice {

	/** More would be no choice. */
	private static final int MOST = 50;

	private Choice() {
	}

	/** Constants by their names, in any case; empty when the parameter is absent. */
	public static <E extends Enum<E>> List<E> of(Class<E> type, String name, @Nullable String text) {
		return texts(name, text).stream()
			.map((part) -> Objects.requireNonNull(QueryParameter.oneOf(type, name, part)))
			.distinct()
			.toList();
	}

	/** Any texts. */
	public static List<String> texts(String name, @Nullable String text) {
		String checked = QueryParameter.text(name, text);
		if (checked == null) {
			return List.of();
		}
		List<String> parts = Arrays.stream(checked.split(","))
			.map(String::strip)
			.filter((part) -> !part.isEmpty())
			.toList();
		if (parts.size() > MOST) {
			throw QueryParameter.invalid(name, "names at most " + MOST + " values");
		}
		return parts;
	}

}
