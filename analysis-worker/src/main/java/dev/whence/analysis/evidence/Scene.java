package dev.whence.analysis.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.observation.Observation;
import dev.whence.model.Problem;
import dev.whence.model.Signal;
import org.jspecify.annotations.Nullable;

/**
 * All that the ranker looks at.
 *
 * @param from first anomaly
 * @param to last anomaly
 * @param window what the services did in the window, executions kept
 * @param before what they did just before it: never a reference, because an alarm may be
 * late, but worth a look where there is none
 * @param reference what they did in normal minutes, apart from each other
 * @param metrics the metric series with what is normal for them
 * @param topology who calls whom, what runs where
 * @param observations alerts that came in and deviations that were detected
 * @param history how often the same alerts fired in earlier windows
 * @param problems what triage found, with the signals they were found in
 * @param failing the signals of the problems and of their traces
 * @param changes new versions and deployments near the window
 */
public record Scene(Instant from, Instant to, ConductWindow window, @Nullable Conduct before, List<Conduct> reference,
		List<MetricSeries> metrics, Topology topology, List<Observation> observations, AlertHistory history,
		List<Problem> problems, List<Signal> failing, List<Change> changes) {

	/** A scene of which only the failures are known. */
	public static Scene ofFailures(Instant from, Instant to, List<Problem> problems, List<Signal> failing) {
		return new Scene(from, to, new ConductWindow(Conduct.none(), List.of(), List.of(), List.of()), null, List.of(),
				List.of(), Topology.unknown(), List.of(), AlertHistory.none(), problems, failing, List.of());
	}

	/** What the incident was opened for, where an observation says so. */
	public Optional<Trigger> trigger() {
		return Trigger.of(this.observations);
	}

	/** Whether the services show what they do, execution by execution. */
	public boolean hasExecutions() {
		return !this.window.executions().isEmpty();
	}

	/** What the window is compared with. */
	Normal normal() {
		return Normal.of(this.before, this.reference);
	}

	/** Whether nothing is known but that something alerted. */
	public boolean alertsOnly() {
		return !hasExecutions() && this.metrics.isEmpty() && this.failing.isEmpty();
	}

}
