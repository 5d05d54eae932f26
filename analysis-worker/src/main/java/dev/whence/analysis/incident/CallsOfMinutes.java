package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.whence.model.ProjectId;
import dev.whence.store.rollup.Call;
import dev.whence.store.rollup.MinuteListener;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.RollupReader;

import org.springframework.stereotype.Component;

/**
 * Learns from every counted minute who calls whom, so that the trouble of two services is
 * one although no failed trace leads from one to the other.
 */
@Component
class CallsOfMinutes implements MinuteListener {

	private static final int MAX_CALLS = 10_000;

	private final RollupReader rollups;

	private final Calls calls;

	CallsOfMinutes(RollupReader rollups, Calls calls) {
		this.rollups = rollups;
		this.calls = calls;
	}

	@Override
	public void settled(ProjectId project, Instant minute) {
		Map<String, Set<String>> callees = new HashMap<>();
		for (Call call : this.rollups.calls(project, Minutes.of(List.of(minute)), MAX_CALLS)) {
			if (!call.caller().equals(call.callee())) {
				callees.computeIfAbsent(call.caller(), (_) -> new TreeSet<>()).add(call.callee());
			}
		}
		this.calls.note(project, callees);
	}

}
