package dev.whence.control.image.recipe;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.whence.control.image.document.PythonText;

/**
 * Writes nested maps, lists and texts as YAML that reads the same by the rules of 1.1 and
 * 1.2: every text that could be anything else has quotes.
 */
final class DefinitionWriter {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./@+-]{0,199}(?::[A-Za-z0-9_.-]{1,128})?");

	private static final Pattern KEYWORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

	private static final Pattern BLOCK = Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\x{85}\\x{2028}\\x{2029}\\x{FEFF}]*");

	private final StringBuilder out = new StringBuilder();

	private DefinitionWriter() {
	}

	static String write(Map<String, ?> definition) {
		DefinitionWriter writer = new DefinitionWriter();
		writer.map(definition, "", "");
		return writer.out.toString();
	}

	/** A mapping; its first key goes on in the line that has been begun. */
	private void map(Map<?, ?> map, String first, String indent) {
		String before = first;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			this.out.append(before).append(text(String.valueOf(entry.getKey()))).append(':');
			value(entry.getValue(), indent);
			before = indent;
		}
	}

	private void value(Object value, String indent) {
		switch (value) {
			case Map<?, ?> map when map.isEmpty() -> this.out.append(" {}\n");
			case List<?> list when list.isEmpty() -> this.out.append(" []\n");
			case Map<?, ?> map -> {
				this.out.append('\n');
				map(map, indent + "  ", indent + "  ");
			}
			case List<?> list -> {
				this.out.append('\n');
				list.forEach((item) -> item(item, indent + "  "));
			}
			case Boolean bool -> this.out.append(' ').append(bool).append('\n');
			default -> scalar(String.valueOf(value), indent + "  ");
		}
	}

	private void item(Object item, String indent) {
		if (item instanceof Map<?, ?> map) {
			this.out.append(indent).append("- ");
			map(map, "", indent + "  ");
		}
		else {
			this.out.append(indent).append('-');
			scalar(String.valueOf(item), indent + "  ");
		}
	}

	private void scalar(String text, String indent) {
		boolean block = text.endsWith("\n") && !text.endsWith("\n\n") && !text.startsWith(" ") && !text.startsWith("\n")
				&& text.lines().allMatch((line) -> BLOCK.matcher(line).matches());
		if (block) {
			this.out.append(" |\n");
			text.lines().forEach((line) -> this.out.append(line.isEmpty() ? "" : indent).append(line).append('\n'));
		}
		else {
			this.out.append(' ').append(text(text)).append('\n');
		}
	}

	private static String text(String text) {
		return (PLAIN.matcher(text).matches() && !KEYWORD.matcher(text).matches()) ? text : quoted(text);
	}

	/** Double quotes, with the escapes that both versions of YAML know. */
	private static String quoted(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		text.codePoints().forEach((point) -> {
			switch (point) {
				case '"' -> quoted.append("\\\"");
				case '\\' -> quoted.append("\\\\");
				case '\n' -> quoted.append("\\n");
				case '\t' -> quoted.append("\\t");
				case '\r' -> quoted.append("\\r");
				default -> quoted
					.append(PythonText.isPrintable(point) ? Character.toString(point) : "\\U%08x".formatted(point));
			}
		});
		return quoted.append('"').toString();
	}

}
