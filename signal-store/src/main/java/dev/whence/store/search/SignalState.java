package dev.whence.store.search;

import java.util.Locale;

import dev.whence.model.LogLevel;
import dev.whence.model.Span;
import dev.whence.model.search.Field;
import dev.whence.model.search.Words;

/** How a signal is counted. */
public final class SignalState {

	private SignalState() {
	}

	/**
	 * Of a log record its level in lower case, empty where it has none that is known; of
	 * a span {@code error} or {@code ok}; of a point nothing.
	 */
	public static String of(Searched signal) {
		return switch (signal.type()) {
			case LOG -> {
				LogLevel level = Judge.level(signal);
				yield (level != null) ? level.name().toLowerCase(Locale.ROOT) : "";
			}
			case TRACE -> {
				String status = signal.text(Field.Own.STATUS);
				yield (status != null && Span.FAILED.contains(Words.fold(status))) ? "error" : "ok";
			}
			case METRIC -> "";
		};
	}

}
