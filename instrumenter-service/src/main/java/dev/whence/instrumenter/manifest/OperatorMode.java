package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.manifest.Targets.Target;
import dev.whence.instrumenter.manifest.WorkloadReport.Action;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;

/**
 * Annotates a pod template so that the OpenTelemetry Operator injects the right agents.
 */
final class OperatorMode {

	private OperatorMode() {
	}

	static Outcome plan(Manifest manifest, Workload workload, Mapping template, InstrumentOptions options) {
		PodTemplate pod = new PodTemplate(workload.document(), template);
		Targets targets = Targets.choose(workload, pod, options);
		List<Finding> findings = new ArrayList<>(targets.findings());
		List<WorkloadReport> reports = new ArrayList<>(targets.reports());
		if (targets.chosen().isEmpty()) {
			return Outcome.unchanged(findings, reports);
		}
		try {
			Map<String, String> annotations = annotations(manifest, targets, pod, options);
			List<String> keys = List.copyOf(annotations.keySet());
			Splice splice = place(manifest, workload, template, pod, annotations);
			for (Target target : targets.chosen()) {
				reports.add(WorkloadReport.of(workload, target.name(), target.detection(), Action.INJECTED, keys));
				warn(workload, pod, target, findings);
			}
			return new Outcome(List.of(splice), findings, reports, false);
		}
		catch (UnsafeEditException ex) {
			findings.add(Finding.of(ex.rule(), workload));
			targets.chosen()
				.forEach((target) -> reports
					.add(WorkloadReport.of(workload, target.name(), target.detection(), Action.REFUSED, List.of())));
			return Outcome.refused(findings, reports);
		}
	}

	private static Splice place(Manifest manifest, Workload workload, Mapping template, PodTemplate pod,
			Map<String, String> annotations) {
		Entry old = pod.annotations().get(Provenance.KEY);
		if (old != null) {
			// Someone took our annotations away by hand and left the note behind.
			throw new UnsafeEditException("an old " + Provenance.KEY + " annotation is still there");
		}
		Provenance provenance = Provenance.empty();
		annotations.keySet().forEach((key) -> provenance.keys().add(key.substring(Annotations.PREFIX.length())));
		return new AnnotationPlace(manifest, workload, template).add(annotations, provenance);
	}

	private static Map<String, String> annotations(Manifest manifest, Targets targets, PodTemplate pod,
			InstrumentOptions options) {
		Map<String, Entry> present = pod.annotations();
		ContainerLists lists = new ContainerLists(present);
		Map<String, String> annotations = new LinkedHashMap<>();
		boolean mixed = targets.languages().size() > 1;
		for (Language language : targets.languages()) {
			List<Target> of = targets.of(language);
			if (Annotations.of(present).empty().containsKey(language.id())) {
				throw new UnsafeEditException(Rule.EMPTY_INJECT, "an empty inject annotation is there already");
			}
			annotations.put(Annotations.inject(language), options.instrumentation());
			Set<String> listed = lists.of(language.id());
			if (listed != null) {
				refuseOthers(listed, of, pod);
			}
			else if (targets.several()) {
				annotations.put(mixed ? Annotations.names(language) : Annotations.NAMES, names(manifest, of));
			}
			boolean alpine = of.stream().anyMatch(Target::isAlpine);
			if (alpine && language == Language.PYTHON) {
				annotations.put(Annotations.PREFIX + "otel-python-platform", "musl");
			}
			if (alpine && language == Language.DOTNET) {
				annotations.put(Annotations.PREFIX + "otel-dotnet-auto-runtime", "linux-musl-x64");
			}
		}
		// A platform that is there already is the author's wish.
		annotations.keySet().removeIf((key) -> !key.startsWith(Annotations.INJECT) && present.containsKey(key));
		if (present.keySet().stream().anyMatch((key) -> annotations.containsKey(key))) {
			throw new UnsafeEditException(Rule.DUPLICATE_KEY, "an inject annotation is there already");
		}
		return annotations;
	}

	/**
	 * The operator injects into whatever is listed, whether or not it was meant: a proxy,
	 * or a container of another language.
	 */
	private static void refuseOthers(Set<String> listed, List<Target> meant, PodTemplate pod) {
		Set<String> others = new HashSet<>();
		pod.containers().forEach((container) -> others.add(pod.facts(container).name()));
		pod.initContainers().forEach((container) -> others.add(pod.facts(container).name()));
		meant.forEach((target) -> others.remove(target.facts().name()));
		if (!Collections.disjoint(listed, others)) {
			throw new UnsafeEditException(Rule.LISTED_OTHER, "a list is there that names another container");
		}
	}

	private static String names(Manifest manifest, List<Target> targets) {
		List<String> names = new ArrayList<>();
		for (Target target : targets) {
			Entry name = target.container().find("name");
			if (name == null || !target.hasUsableName() || names.contains(target.facts().name())) {
				throw new UnsafeEditException(Rule.CONTAINER_NAMES, "a container cannot be named in a list");
			}
			if (manifest.helm().touches(name.value().at())) {
				throw new UnsafeEditException(Rule.TEMPLATE, "a container's name is an expression");
			}
			names.add(target.facts().name());
		}
		return String.join(",", names);
	}

	private static void warn(Workload workload, PodTemplate pod, Target target, List<Finding> findings) {
		Linter.container(workload, pod, target.container(), target.facts(), target.language(), findings);
	}

}
