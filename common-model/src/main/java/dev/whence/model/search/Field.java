package dev.whence.model.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What of a signal is asked for. Fields that a kind of signal does not have match nothing
 * in it.
 */
public sealed interface Field {

	/** As it is written in front of the colon. */
	String written();

	/** Finds the field of a name; every name that is no field means an attribute. */
	static Field of(String name) {
		Own own = Own.BY_NAME.get(name.toLowerCase(Locale.ROOT));
		if (own != null) {
			return own;
		}
		for (Attribute.Place place : Attribute.Place.values()) {
			for (String prefix : place.prefixes) {
				if (name.startsWith(prefix) && name.length() > prefix.length()) {
					return new Attribute(place, name.substring(prefix.length()));
				}
			}
		}
		return new Attribute(Attribute.Place.EITHER, name);
	}

	/** One that signals have a place for. */
	enum Own implements Field {

		SERVICE("service", "service.name", "service_name"),

		/** Of a log record. */
		LEVEL("level", "severity", "severity_text"),

		/** The text of a log record. */
		MESSAGE("message", "body", "msg", "text"),

		/** The operation of a span, the name of a metric. */
		NAME("name", "operation", "metric"),

		TRACE("trace", "trace_id", "traceid"),

		SPAN("span", "span_id", "spanid"),

		PARENT("parent", "parent_span_id", "parent_id"),

		/** Of a span. */
		KIND("kind", "span.kind", "span_kind"),

		/** Of a span. */
		STATUS("status"),

		/** Of a span. */
		STATUS_MESSAGE("status_message"),

		/** Of a span. */
		DURATION("duration"),

		/** Of a metric. */
		VALUE("value"),

		/** Of a metric. */
		UNIT("unit");

		private static final Map<String, Own> BY_NAME = new HashMap<>();

		static {
			for (Own field : values()) {
				field.names.forEach((name) -> BY_NAME.put(name, field));
			}
		}

		private final List<String> names;

		Own(String... names) {
			this.names = Arrays.asList(names);
		}

		@Override
		public String written() {
			return this.names.getFirst();
		}

	}

	/**
	 * An attribute.
	 *
	 * @param name as the sender wrote it
	 */
	record Attribute(Place place, String name) implements Field {

		@Override
		public String written() {
			String quoted = Words.isName(this.name) ? this.name : Words.quote(this.name);
			return this.place.prefixes.isEmpty() ? quoted : this.place.prefixes.getFirst() + quoted;
		}

		/** Where it is looked for. */
		public enum Place {

			/** The signal's own. */
			SIGNAL("attr.", "attributes."),

			/** Those of its resource. */
			RESOURCE("resource."),

			/** Whichever has it. */
			EITHER;

			private final List<String> prefixes;

			Place(String... prefixes) {
				this.prefixes = List.of(prefixes);
			}

		}

	}

}
