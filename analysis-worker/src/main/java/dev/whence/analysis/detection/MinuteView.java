package dev.whence.analysis.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.whence.analysis.behaviour.Operation;
import dev.whence.model.SpanKind;
import dev.whence.store.rollup.DurationSketch;
import dev.whence.store.rollup.SpanRollup;

/**
 * What the operations that serve somebody did in a minute; calls as their callers see
 * them are left out, since the callee's own are there.
 */
record MinuteView(Instant minute, SortedMap<Operation, Served> operations) {

	MinuteView {
		operations = Collections.unmodifiableSortedMap(operations);
	}

	/** What one operation served. */
	record Served(long calls, long errors, DurationSketch durations) {

		private static final Served NOTHING = new Served(0, 0, DurationSketch.EMPTY);

		Duration p95() {
			return this.durations.quantile(0.95);
		}

		private Served plus(Served other) {
			return new Served(this.calls + other.calls, this.errors + other.errors,
					this.durations.merge(other.durations));
		}

	}

	/** The rollups by minute, oldest first. */
	static List<MinuteView> of(Collection<SpanRollup> rollups) {
		Map<Instant, SortedMap<Operation, Served>> minutes = new TreeMap<>();
		for (SpanRollup rollup : rollups) {
			SortedMap<Operation, Served> operations = minutes.computeIfAbsent(rollup.minute(), (_) -> new TreeMap<>());
			if (rollup.kind() != SpanKind.CLIENT && rollup.kind() != SpanKind.PRODUCER) {
				operations.merge(new Operation(rollup.service(), rollup.operation()),
						new Served(rollup.calls(), rollup.errors(), rollup.durations()), Served::plus);
			}
		}
		List<MinuteView> views = new ArrayList<>();
		minutes.forEach((minute, operations) -> views.add(new MinuteView(minute, operations)));
		return views;
	}

	Served served(Operation operation) {
		return this.operations.getOrDefault(operation, Served.NOTHING);
	}

}
