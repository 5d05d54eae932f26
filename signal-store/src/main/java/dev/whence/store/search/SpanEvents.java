package dev.whence.store.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.whence.store.form.JsonText;
import org.jspecify.annotations.Nullable;

/** What the events of a span say, among them the exceptions that it recorded. */
public final class SpanEvents {

	private static final String EVENTS = "events";

	private static final byte[] QUOTED = ('"' + EVENTS + '"').getBytes(StandardCharsets.UTF_8);

	private SpanEvents() {
	}

	/** The name of each event and the texts among its attributes. */
	public static List<String> texts(Map<String, @Nullable Object> details) {
		List<String> texts = new ArrayList<>();
		if (details.get(EVENTS) instanceof List<?> events) {
			for (Object event : events) {
				if (event instanceof Map<?, ?> members) {
					add(members.get("name"), texts);
					if (members.get("attributes") instanceof Map<?, ?> attributes) {
						attributes.values().forEach((value) -> add(value, texts));
					}
				}
			}
		}
		return texts;
	}

	/** The same of details as they are stored; most spans have no events. */
	public static List<String> texts(byte @Nullable [] details) {
		if (details == null || !mentions(details)) {
			return List.of();
		}
		try {
			return texts(JsonText.read(details));
		}
		catch (RuntimeException ex) {
			// What nobody can read says nothing.
			return List.of();
		}
	}

	/** Whether a member of the details, named with its quotes, holds the events. */
	public static boolean isName(byte[] quoted) {
		return Arrays.equals(quoted, QUOTED);
	}

	private static void add(@Nullable Object value, List<String> texts) {
		if (value instanceof String text) {
			texts.add(text);
		}
	}

	private static boolean mentions(byte[] json) {
		for (int from = 0; from + QUOTED.length <= json.length; from++) {
			int same = 0;
			while (same < QUOTED.length && json[from + same] == QUOTED[same]) {
				same++;
			}
			if (same == QUOTED.length) {
				return true;
			}
		}
		return false;
	}

}
