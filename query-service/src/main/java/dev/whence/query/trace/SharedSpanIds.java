package dev.whence.query.trace;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;

/**
 * Finds different spans of a trace that have one id. All of them are kept, because nobody
 * can tell which one is meant, but a reader must know that parents may be the wrong ones.
 * The two sides of a Zipkin call share their id by design and do not count.
 */
final class SharedSpanIds {

	private SharedSpanIds() {
	}

	/** The signals whose span id is not theirs alone. */
	static Set<UUID> in(Collection<Signal> trace) {
		Map<Side, UUID> first = new HashMap<>();
		Set<UUID> shared = new HashSet<>();
		for (Signal signal : trace) {
			if (signal instanceof Span span) {
				UUID other = first.putIfAbsent(new Side(span.spanId(), isReceiver(span)), span.signalId());
				if (other != null) {
					shared.add(other);
					shared.add(span.signalId());
				}
			}
		}
		return shared;
	}

	private static boolean isReceiver(Span span) {
		return span.kind() == SpanKind.SERVER || span.kind() == SpanKind.CONSUMER;
	}

	private record Side(String spanId, boolean receiver) {
	}

}
