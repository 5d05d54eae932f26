package dev.whence.query.search;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.whence.model.LogLevel;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;

/** What of a signal can be counted by value, under the names that a search has for it. */
final class Attributes {

	/** Longer values are no values that people choose among. */
	private static final int LONGEST = 200;

	private Attributes() {
	}

	/** The values of a signal by field. */
	static Map<String, String> of(Signal signal) {
		Map<String, String> values = new LinkedHashMap<>();
		values.put(Field.Own.SERVICE.written(), signal.serviceName());
		switch (signal) {
			case LogRecord log -> {
				LogLevel level = LogLevel.ofText(log.level());
				values.put(Field.Own.LEVEL.written(),
						(level != null) ? level.name().toLowerCase(Locale.ROOT) : log.level());
			}
			case Span span -> {
				values.put(Field.Own.STATUS.written(),
						span.failed() ? "error" : span.status().toLowerCase(Locale.ROOT));
				values.put(Field.Own.NAME.written(), span.name());
				values.put(Field.Own.KIND.written(), span.kind().name().toLowerCase(Locale.ROOT));
			}
			case MetricPoint point -> values.put(Field.Own.NAME.written(), point.name());
		}
		add(values, Field.Attribute.Place.SIGNAL, signal.attributes());
		add(values, Field.Attribute.Place.RESOURCE, signal.resource());
		return values;
	}

	/** A search for one of them. */
	static String search(String field, String value) {
		return new Expression.TextIs(Field.of(unquoted(field)), value, false).toString();
	}

	private static void add(Map<String, String> values, Field.Attribute.Place place, Map<String, ?> attributes) {
		new HashMap<>(attributes).forEach((name, value) -> {
			if ((value instanceof String || value instanceof Number || value instanceof Boolean)
					&& value.toString().length() <= LONGEST && !name.isEmpty()) {
				values.put(new Field.Attribute(place, name).written(), value.toString());
			}
		});
	}

	private static String unquoted(String field) {
		int quote = field.indexOf('"');
		return (quote < 0) ? field : field.substring(0, quote)
				+ field.substring(quote + 1, field.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
	}

}
