package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;

import dev.whence.instrumenter.language.Confidence;
import dev.whence.instrumenter.language.Detection;
import dev.whence.instrumenter.manifest.ManifestRefusedException.Reason;
import dev.whence.instrumenter.manifest.WorkloadReport.Action;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;

/**
 * Instruments manifests without losing a byte. A pure function of text and options:
 * deterministic, without input or output, safe to share between threads. Cost is linear
 * in the text; the text is read twice where it changes, because every edit is proved.
 */
public final class Instrumenter {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final ManifestLimits limits;

	public Instrumenter(ManifestLimits limits) {
		this.limits = limits;
	}

	/**
	 * Works on one text of any number of documents.
	 * @throws ManifestRefusedException if the text is not YAML or passes a limit; nothing
	 * else is ever thrown for anything the text says
	 */
	public InstrumentResult instrument(String text, InstrumentOptions options) {
		long deadline = System.nanoTime() + this.limits.deadline().toNanos();
		boolean mark = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
		String body = mark ? text.substring(1) : text;
		Manifest manifest = Manifest.read(body, this.limits, deadline);
		List<Outcome> outcomes = new ArrayList<>();
		if (!manifest.parsed()) {
			return new InstrumentResult(text, false, 0, List.of(), List.of(Finding.of(Rule.TEMPLATE, 0, 1)), "");
		}
		for (YamlDocument document : manifest.documents()) {
			outcomes.addAll(document(manifest, document, options, deadline));
		}
		return finish(text, mark, manifest, outcomes, options, deadline);
	}

	private static List<Outcome> document(Manifest manifest, YamlDocument document, InstrumentOptions options,
			long deadline) {
		List<Outcome> outcomes = new ArrayList<>();
		for (Workload workload : WorkloadFinder.find(manifest.source(), document)) {
			if (System.nanoTime() - deadline > 0) {
				throw new ManifestRefusedException(Reason.DEADLINE, "working on the manifest took too long", 0, 0);
			}
			if (options.covers(workload)) {
				outcomes.add(workload(manifest, workload, options));
			}
		}
		if (options.mode() == InstrumentMode.OPERATOR || options.mode() == InstrumentMode.LINT) {
			outcomes.add(Outcome.unchanged(ObjectLinter.lint(document, options), List.of()));
		}
		// Half a document would be a guess about what its author wants.
		return outcomes.stream().anyMatch(Outcome::refused) ? outcomes.stream().map(Outcome::withdrawn).toList()
				: outcomes;
	}

	private static Outcome workload(Manifest manifest, Workload workload, InstrumentOptions options) {
		Mapping template = workload.template();
		if (workload.refusal() == Rule.WORKLOAD_REF || workload.refusal() == Rule.UNKNOWN_KIND) {
			return Outcome.unchanged(List.of(Finding.of(workload.refusal(), workload)),
					List.of(WorkloadReport.of(workload, null, new Detection(null, Confidence.NONE, false, List.of()),
							Action.SKIPPED, List.of())));
		}
		if (workload.refusal() != null || template == null) {
			Rule rule = (workload.refusal() != null) ? workload.refusal() : Rule.NOT_A_MAPPING;
			return Outcome.refused(List.of(Finding.of(rule, workload)), List.of(WorkloadReport.of(workload, null,
					new Detection(null, Confidence.NONE, false, List.of()), Action.REFUSED, List.of())));
		}
		return switch (options.mode()) {
			case OPERATOR -> {
				Outcome outcome = OperatorMode.plan(manifest, workload, template, options);
				yield new Outcome(outcome.splices(), joined(outcome.findings(), Linter.lint(workload, template)),
						outcome.reports(), outcome.refused());
			}
			case OPERATOR_FREE -> OperatorFreeMode.plan(manifest, workload, template, options);
			case LINT -> {
				Outcome outcome = OperatorMode.plan(manifest, workload, template, options);
				yield new Outcome(List.of(), joined(outcome.findings(), Linter.lint(workload, template)),
						outcome.reports().stream().map(Instrumenter::unapplied).toList(), false);
			}
			case REMOVE -> RemoveMode.plan(manifest, workload, template);
		};
	}

	private static WorkloadReport unapplied(WorkloadReport report) {
		return report.action().equals(Action.INJECTED.id()) ? report.with(Action.UNCHANGED) : report;
	}

	private static List<Finding> joined(List<Finding> first, List<Finding> second) {
		List<Finding> all = new ArrayList<>(first);
		second.stream().filter((finding) -> !first.contains(finding)).forEach(all::add);
		return all;
	}

	private InstrumentResult finish(String text, boolean mark, Manifest manifest, List<Outcome> outcomes,
			InstrumentOptions options, long deadline) {
		List<Outcome> kept = outcomes;
		List<Splice> splices = splices(kept);
		String body = manifest.source().text();
		String edited = body;
		if (!splices.isEmpty()) {
			try {
				if (manifest.source().hasDoubtfulBreaks()) {
					throw new UnsafeEditException("a line break that readers disagree on");
				}
				edited = Splice.apply(body, splices);
				prove(manifest, edited, options, deadline);
			}
			catch (UnsafeEditException ex) {
				kept = outcomes.stream().map(Outcome::withdrawn).toList();
				splices = List.of();
				edited = body;
			}
		}
		List<WorkloadReport> reports = new ArrayList<>();
		List<Finding> findings = new ArrayList<>();
		kept.forEach((outcome) -> {
			reports.addAll(outcome.reports());
			findings.addAll(outcome.findings());
		});
		if (kept != outcomes) {
			findings.add(new Finding(Rule.UNSAFE_EDIT.code(), Rule.UNSAFE_EDIT.severity().id(),
					Rule.UNSAFE_EDIT.title(), Rule.UNSAFE_EDIT.remedy(), 0, 1, null, null, null));
		}
		String result = splices.isEmpty() ? text : mark ? BYTE_ORDER_MARK + edited : edited;
		return new InstrumentResult(result, !splices.isEmpty(), manifest.documents().size(), reports, findings,
				UnifiedDiff.of(body, splices));
	}

	private void prove(Manifest manifest, String edited, InstrumentOptions options, long deadline) {
		try {
			Manifest after = Manifest.read(edited, this.limits, deadline);
			boolean holds = (options.mode() == InstrumentMode.REMOVE)
					? StructureProof.holds(after.documents(), manifest.documents(), true) : StructureProof
						.holds(manifest.documents(), after.documents(), options.mode() == InstrumentMode.OPERATOR_FREE);
			if (!holds || !after.parsed()) {
				throw new UnsafeEditException("the edit changes more than it should");
			}
		}
		catch (ManifestRefusedException ex) {
			if (ex.reason() == Reason.DEADLINE) {
				throw ex;
			}
			throw new UnsafeEditException("the edited text cannot be read");
		}
	}

	private static List<Splice> splices(List<Outcome> outcomes) {
		List<Splice> splices = new ArrayList<>();
		outcomes.forEach((outcome) -> splices.addAll(outcome.splices()));
		return splices;
	}

}
