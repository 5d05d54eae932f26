package dev.whence.analysis.scene;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.whence.analysis.evidence.Topology;
import dev.whence.model.ProjectId;
import dev.whence.store.rollup.Call;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.RollupReader;
import dev.whence.store.rollup.SeriesKey;

import org.springframework.stereotype.Component;

/**
 * Learns who calls whom and what runs where from telemetry alone: calls from spans and
 * from the metrics of service meshes and service graphs, instances and hosts from what
 * metrics say about their origin.
 */
@Component
class TopologyLoader {

	/** Calls change little from hour to hour, and rare ones need a while to show. */
	private static final Duration REACH = Duration.ofHours(6);

	private static final int MAX_CALLS = 20_000;

	private static final int MAX_SERIES = 20_000;

	private final RollupReader rollups;

	TopologyLoader(RollupReader rollups) {
		this.rollups = rollups;
	}

	Topology load(ProjectId project, Period window) {
		Map<String, Set<String>> callees = new TreeMap<>();
		Map<String, Set<String>> instances = new TreeMap<>();
		Map<String, Set<String>> hosted = new TreeMap<>();
		for (Call call : this.rollups.calls(project, Minutes.between(window.from().minus(REACH), window.to()),
				MAX_CALLS)) {
			add(callees, call.caller(), call.callee());
		}
		for (SeriesKey series : this.rollups.series(project, MAX_SERIES)) {
			add(callees, Whereabouts.caller(series.attributes()), Whereabouts.callee(series.attributes()));
			String instance = Whereabouts.instance(series.attributes(), series.resource());
			String host = Whereabouts.host(series.attributes(), series.resource());
			add(instances, series.service(), instance);
			add(hosted, host, instance.isEmpty() ? series.service() : instance);
		}
		return new Topology(callees, instances, hosted);
	}

	private static void add(Map<String, Set<String>> relation, String one, String other) {
		if (!one.isEmpty() && !other.isEmpty() && !one.equals(other)) {
			relation.computeIfAbsent(one, (_) -> new TreeSet<>()).add(other);
		}
	}

}
