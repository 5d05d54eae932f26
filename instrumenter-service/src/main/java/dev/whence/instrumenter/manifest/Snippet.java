package dev.whence.instrumenter.manifest;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small value to be written into a manifest. Text is always quoted: in single quotes,
 * which need no escapes and survive a shell's double quotes, or in double quotes where
 * the surroundings are JSON.
 */
sealed interface Snippet {

	/** A string. */
	record Text(String value) implements Snippet {
	}

	/** A word that needs no quotes and is no string, such as a number. */
	record Bare(String value) implements Snippet {
	}

	/** A mapping. */
	record Fields(Map<String, Snippet> entries) implements Snippet {
	}

	/** A sequence. */
	record Items(List<? extends Snippet> items) implements Snippet {
	}

	static Snippet text(String value) {
		return new Text(value);
	}

	/** Fields in the order given: key, value, key, value. */
	static Fields fields(Object... keysAndValues) {
		Map<String, Snippet> entries = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			Object value = keysAndValues[i + 1];
			entries.put((String) keysAndValues[i],
					(value instanceof Snippet snippet) ? snippet : new Text(value.toString()));
		}
		return new Fields(entries);
	}

	/** How flow collections are written around here. */
	enum Style {

		/** Single quotes, which survive a shell's double quotes. */
		YAML,
		/** Double quotes everywhere, keys included. */
		JSON,
		/**
		 * Kubernetes' own: double quotes around texts alone, one entry a line, a comma
		 * behind each (KEP 5295).
		 */
		KYAML

	}

	/** On one line. */
	default String flow(Style style) {
		return switch (this) {
			case Text text -> quote(text.value(), style);
			case Bare bare -> bare.value();
			case Fields fields -> "{" + flowEntries(fields.entries(), style) + "}";
			case Items items ->
				"[" + String.join(", ", items.items().stream().map((item) -> item.flow(style)).toList()) + "]";
		};
	}

	static String flowEntries(Map<String, Snippet> entries, Style style) {
		return String.join(", ",
				entries.entrySet()
					.stream()
					.map((entry) -> ((style == Style.JSON) ? quote(entry.getKey(), style) : entry.getKey()) + ": "
							+ entry.getValue().flow(style))
					.toList());
	}

	/**
	 * In KYAML, over as many lines as it takes.
	 * @param indent of the line that this begins or ends on
	 */
	default String lines(Layout layout, String indent) {
		String deeper = indent + " ".repeat(layout.step());
		return switch (this) {
			case Fields fields when !fields.entries().isEmpty() ->
				"{" + layout.eol() + String.join(layout.eol(), entryLines(fields.entries(), layout, deeper))
						+ layout.eol() + indent + "}";
			case Items items when items.items().stream().allMatch(Fields.class::isInstance) ->
				"[" + String.join(", ", items.items().stream().map((item) -> item.lines(layout, indent)).toList())
						+ "]";
			case Items items -> "[" + layout.eol()
					+ String.join(layout.eol(),
							items.items().stream().map((item) -> deeper + item.lines(layout, deeper) + ",").toList())
					+ layout.eol() + indent + "]";
			default -> flow(Style.KYAML);
		};
	}

	/** Each a line, or several, with its indentation and its comma. */
	static List<String> entryLines(Map<String, Snippet> entries, Layout layout, String indent) {
		return entries.entrySet()
			.stream()
			.map((entry) -> indent + entry.getKey() + ": " + entry.getValue().lines(layout, indent) + ",")
			.toList();
	}

	/** Entries as whole lines, without the last line's end. */
	static String block(Map<String, Snippet> entries, Layout layout, int column) {
		StringBuilder out = new StringBuilder();
		for (Iterator<Map.Entry<String, Snippet>> rest = entries.entrySet().iterator(); rest.hasNext();) {
			Map.Entry<String, Snippet> entry = rest.next();
			out.append(" ".repeat(column)).append(entry.getKey()).append(':');
			switch (entry.getValue()) {
				case Fields fields when !fields.entries().isEmpty() ->
					out.append(layout.eol()).append(block(fields.entries(), layout, column + layout.step()));
				case Items items when !items.items().isEmpty() ->
					out.append(layout.eol()).append(blockItems(items.items(), layout, column + layout.dash()));
				default -> out.append(' ').append(entry.getValue().flow(Style.YAML));
			}
			if (rest.hasNext()) {
				out.append(layout.eol());
			}
		}
		return out.toString();
	}

	/** Items as whole lines, without the last line's end. */
	static String blockItems(List<? extends Snippet> items, Layout layout, int column) {
		return String.join(layout.eol(), items.stream().map((item) -> {
			if (item instanceof Fields fields && !fields.entries().isEmpty()) {
				return " ".repeat(column) + "- " + block(fields.entries(), layout, column + 2).substring(column + 2);
			}
			return " ".repeat(column) + "- " + item.flow(Style.YAML);
		}).toList());
	}

	private static String quote(String value, Style style) {
		return (style != Style.YAML) ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
				: '\'' + value.replace("'", "''") + '\'';
	}

	/**
	 * How the surrounding text is indented.
	 *
	 * @param step from a key to the keys of its mapping
	 * @param dash from a key to the dashes of its sequence, often 0
	 * @param kyaml whether the document is written in Kubernetes' own dialect
	 */
	record Layout(String eol, int step, int dash, boolean kyaml) {
	}

}
