package dev.whence.standalone.evaluate;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import dev.whence.standalone.evaluate.data.AlertLine;
import dev.whence.standalone.evaluate.data.DataSet;
import dev.whence.standalone.evaluate.data.Extent;
import dev.whence.standalone.evaluate.data.FaultCase;
import dev.whence.standalone.evaluate.data.JsonLines;
import dev.whence.standalone.evaluate.data.NameUuid;
import dev.whence.standalone.evaluate.data.SignalLine;
import dev.whence.standalone.evaluate.data.Timeline;
import dev.whence.standalone.evaluate.data.TopologyFile;
import dev.whence.standalone.evaluate.installation.Alerts;
import dev.whence.standalone.evaluate.installation.Incidents;
import dev.whence.standalone.evaluate.installation.Installation;
import dev.whence.standalone.evaluate.installation.ProjectClient;
import dev.whence.standalone.evaluate.installation.SignalSender;
import dev.whence.standalone.evaluate.installation.TopologySender;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Replays recorded faults one after the other and asks for the cause of each. A system is
 * a project: its baseline comes first, then its cases in the order of their faults, each
 * with its telemetry and then an alert that tells of the symptom. The incident that the
 * alert belongs to gives the answer and is resolved. Labels are not read here.
 */
final class CauseEvaluation implements Evaluation {

	/** How long an answer is waited for. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** How long before the fault everything that runs is scraped. */
	private static final Duration SCRAPE = Duration.ofMinutes(1);

	/** Older telemetry of a case is history when its fault begins. */
	private static final Duration LATELY = Duration.ofMinutes(30);

	private final EvaluateOptions options;

	private final DataSet data;

	private final CauseReport report;

	private final PrintStream out;

	private final Map<Path, Extent> extents = new HashMap<>();

	/** The topologies that were counted already. */
	private final Set<Path> known = new HashSet<>();

	private CauseEvaluation(EvaluateOptions options, DataSet data, CauseReport report, PrintStream out) {
		this.options = options;
		this.data = data;
		this.report = report;
		this.out = out;
	}

	static CauseEvaluation open(EvaluateOptions options, PrintStream out) {
		DataSet data = DataSet.open(options.folder());
		return new CauseEvaluation(options, data, CauseReport.of(data, out), out);
	}

	@Override
	public void run(Installation installation) {
		try (Predictions predictions = Predictions.to(this.options.out())) {
			this.data.bySystem().forEach((system, cases) -> replay(installation, system, cases, predictions));
		}
		this.report.print();
		this.out.println("The answers are in " + this.options.out() + ".");
	}

	private void replay(Installation installation, String system, List<FaultCase> cases, Predictions predictions) {
		cases.forEach((fault) -> this.extents.computeIfAbsent(fault.file(),
				(file) -> Extent.find(file).orElseGet(() -> new Extent(fault.start(), fault.end()))));
		Timeline timeline = Timeline.of(cases, (file) -> this.extents.computeIfAbsent(file, Extent::of), Instant.now());
		Set<Path> replayed = new HashSet<>();
		ProjectClient project = installation.project(system);
		for (FaultCase fault : cases) {
			if (this.options.shortHistory()) {
				project = installation.project(fault.id());
			}
			else {
				List<Path> baselines = fault.baseline().stream().filter(replayed::add).toList();
				for (Path baseline : baselines) {
					sendBaseline(project, system, baseline, timeline.shift(baseline));
				}
				if (!baselines.isEmpty()) {
					this.out.println("  waiting until the baseline is counted");
					new Incidents(project).awaitCounted();
				}
			}
			Answer answer = ask(project, fault, timeline.shift(fault));
			predictions.write(answer.prediction(fault.id()));
			this.report.add(fault, answer);
			new Incidents(project).resolveAll();
		}
	}

	private void sendBaseline(ProjectClient project, String system, Path file, Duration shift) {
		SignalSender sender = new SignalSender(project);
		String name = this.data.pathOf(file);
		JsonLines.read(file, (number, line) -> {
			if (!SignalLine.isAlert(line)) {
				this.report.candidate(system, SignalLine.service(line));
				sender.send(SignalLine.toNative(line, name, number, shift));
			}
		});
		sender.await();
		tell(file, sender);
	}

	private Answer ask(ProjectClient project, FaultCase fault, Duration shift) {
		sendTopology(project, fault, shift);
		List<AlertLine> alerts = sendCase(project, fault, shift);
		AlertLine trigger = AlertLine.trigger(fault, shift, this.options.late());
		Alerts stored = new Alerts(project);
		stored.send(alerts);
		long asked = System.nanoTime();
		stored.send(List.of(trigger));
		Incidents incidents = new Incidents(project);
		Optional<JsonNode> analysis = Incidents.poll(PATIENCE,
				() -> stored.incidentOf(trigger).flatMap(incidents::analysis));
		Duration waited = Duration.ofNanos(System.nanoTime() - asked);
		return analysis.map((found) -> Answer.of(found, waited)).orElseGet(() -> Answer.none(waited));
	}

	private void sendTopology(ProjectClient project, FaultCase fault, Duration shift) {
		TopologyFile topology = (fault.topology() != null) ? TopologyFile.read(fault.topology()) : TopologyFile.NONE;
		topology.names().forEach((name) -> this.report.candidate(fault.system(), name));
		new TopologySender(project).send(topology, fault.start().plus(shift).minus(SCRAPE));
		// Who runs and calls whom was known long before the fault.
		if (fault.topology() != null && (this.options.shortHistory() || this.known.add(fault.topology()))) {
			new Incidents(project).awaitCounted();
		}
	}

	/**
	 * Sends the telemetry of a case and returns its alerts. A case that brings its own
	 * normal time had it counted long before the fault.
	 */
	private List<AlertLine> sendCase(ProjectClient project, FaultCase fault, Duration shift) {
		List<AlertLine> alerts = new ArrayList<>();
		SignalSender sender = new SignalSender(project);
		Instant lately = fault.start().minus(LATELY);
		if (Objects.requireNonNull(this.extents.get(fault.file())).from().isBefore(lately)) {
			sendCase(sender, fault, shift, (time) -> time.isBefore(lately), alerts);
			new Incidents(project).awaitCounted();
			sendCase(sender, fault, shift, (time) -> !time.isBefore(lately), alerts);
		}
		else {
			sendCase(sender, fault, shift, (_) -> true, alerts);
		}
		tell(fault.file(), sender);
		return alerts;
	}

	private void sendCase(SignalSender sender, FaultCase fault, Duration shift, Predicate<Instant> when,
			List<AlertLine> alerts) {
		String name = this.data.name() + "/" + fault.id();
		JsonLines.read(fault.file(), (number, line) -> {
			if (!when.test(SignalLine.time(line))) {
				return;
			}
			this.report.candidate(fault.system(), SignalLine.service(line));
			if (SignalLine.isAlert(line)) {
				alerts.add(AlertLine.read(line, fault.end().plus(shift), shift));
			}
			else if (isKept(name, SignalLine.trace(line))) {
				sender.send(SignalLine.toNative(line, name, number, shift));
			}
		});
		sender.await();
	}

	private boolean isKept(String file, @Nullable String trace) {
		return !this.options.half() || trace == null
				|| (NameUuid.of(file + "/half/" + trace).getLeastSignificantBits() & 1) == 0;
	}

	private void tell(Path file, SignalSender sender) {
		if (sender.rejected() > 0) {
			this.out.println("  " + file.getFileName() + ": " + sender.rejected() + " of " + sender.sent()
					+ " signals were rejected, for example " + sender.complaint());
		}
	}

}
