package dev.whence.store.search;

import java.util.List;

import dev.whence.model.SignalType;
import dev.whence.model.SpanKind;
import dev.whence.model.search.Field;
import org.jspecify.annotations.Nullable;

/** A signal as a search sees it: each part of it is made when it is asked for. */
public interface Searched {

	SignalType type();

	/**
	 * A text of it; null where signals of its type have none, or this one does not.
	 * @param field one of those that are texts
	 */
	@Nullable String text(Field.Own field);

	/** What the events of a span say; none of other signals. */
	List<String> events();

	/** In nanoseconds, of a span. */
	long duration();

	/** Of a span. */
	SpanKind kind();

	/** Of a metric; null where there is none. */
	@Nullable Double value();

	/** OpenTelemetry's number where its sender gave one, otherwise 0. */
	long severityNumber();

	/** One of the signal's own attributes, see {@link JsonMember} for its form. */
	@Nullable String attribute(JsonMember member);

	/** One of those of its resource. */
	@Nullable String resource(JsonMember member);

}
