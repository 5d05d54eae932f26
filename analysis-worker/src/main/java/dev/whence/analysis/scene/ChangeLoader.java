package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.whence.analysis.change.ChangeEvents;
import dev.whence.analysis.change.ChangeKind;
import dev.whence.analysis.evidence.Change;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.store.SignalReader;

import org.springframework.stereotype.Component;

/**
 * Finds what was changed on purpose near a window: what people and pipelines told, and
 * services whose signals name a version that they did not name before.
 */
@Component
class ChangeLoader {

	/** How long before the trouble a change may have been made. */
	static final Duration REACH = Duration.ofMinutes(30);

	private static final String VERSION = "service.version";

	private static final int MAX_SIGNALS = 5_000;

	private static final int MAX_CHANGES = 200;

	private final SignalReader signals;

	private final ChangeEvents told;

	ChangeLoader(SignalReader signals, ChangeEvents told) {
		this.signals = signals;
		this.told = told;
	}

	/**
	 * The changes, oldest first. New versions are kept as deployments: the telemetry that
	 * shows them is not.
	 */
	List<Change> load(ProjectId project, Period window, Collection<Signal> inWindow) {
		List<Change> told = this.told.between(project, window.from().minus(REACH), window.to(), MAX_CHANGES);
		List<Change> seen = seen(project, window, inWindow).stream()
			.filter((change) -> told.stream()
				.noneMatch((known) -> known.service().equals(change.service()) && known.what().equals(change.what())))
			.toList();
		seen.forEach((change) -> this.told.put(project, ChangeKind.DEPLOY, change));
		return Stream.concat(told.stream(), seen.stream())
			.sorted(Comparator.comparing(Change::at).thenComparing(Change::service))
			.toList();
	}

	private List<Change> seen(ProjectId project, Period window, Collection<Signal> inWindow) {
		if (inWindow.stream().noneMatch((signal) -> signal.resource().get(VERSION) instanceof String)) {
			return List.of();
		}
		List<Signal> before = this.signals
			.sampled(project, window.from().minus(REACH), window.from(), Set.of(SignalType.TRACE), MAX_SIGNALS)
			.signals();
		return versions(before, inWindow);
	}

	/** Where a service went from one version to another, in the order of time. */
	static List<Change> versions(Collection<Signal> before, Collection<Signal> inWindow) {
		Map<String, SortedMap<Instant, String>> seen = new TreeMap<>();
		for (Collection<Signal> signals : List.of(before, inWindow)) {
			for (Signal signal : signals) {
				if (signal.resource().get(VERSION) instanceof String version && !version.isBlank()) {
					seen.computeIfAbsent(signal.serviceName(), (_) -> new TreeMap<>()).put(signal.timestamp(), version);
				}
			}
		}
		List<Change> changes = new ArrayList<>();
		seen.forEach((service, versions) -> newOnes(service, versions, changes));
		changes.sort(Comparator.comparing(Change::at).thenComparing(Change::service));
		return changes;
	}

	// During a rollout both versions answer: only the first sight of each counts.
	private static void newOnes(String service, SortedMap<Instant, String> versions, List<Change> changes) {
		List<String> known = new ArrayList<>();
		versions.forEach((at, version) -> {
			if (!known.contains(version)) {
				if (!known.isEmpty()) {
					changes.add(new Change(service, at, "version " + known.getLast() + " -> " + version, null));
				}
				known.add(version);
			}
		});
	}

}
