package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.whence.instrumenter.language.Detection;
import dev.whence.instrumenter.language.Confidence;
import dev.whence.instrumenter.manifest.WorkloadReport.Action;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what this service added, and nothing else; instrumenting and then removing
 * gives back the original bytes.
 */
final class RemoveMode {

	private RemoveMode() {
	}

	static Outcome plan(Manifest manifest, Workload workload, Mapping template) {
		Detection nothing = new Detection(null, Confidence.NONE, false, List.of());
		PodTemplate pod = new PodTemplate(workload.document(), template);
		Entry note = pod.annotations().get(Provenance.KEY);
		Provenance provenance = (note != null) ? Provenance.parse(note.text()) : null;
		if (provenance == null) {
			List<Finding> findings = Annotations.of(pod.annotations()).enabled().isEmpty() ? List.of()
					: List.of(Finding.of(Rule.NOTHING_ADDED, workload));
			return Outcome.unchanged(findings,
					List.of(WorkloadReport.of(workload, null, nothing, Action.UNCHANGED, List.of())));
		}
		try {
			Remover remover = new Remover(manifest.source());
			annotations(remover, workload, template, provenance);
			List<Splice> splices = new ArrayList<>(
					OperatorFreeRemoval.plan(manifest.source(), remover, pod, provenance));
			splices.addAll(remover.splices());
			return new Outcome(splices, List.of(), List.of(WorkloadReport.of(workload, null, nothing, Action.REMOVED,
					provenance.keys().stream().map((key) -> Annotations.PREFIX + key).toList())), false);
		}
		catch (UnsafeEditException ex) {
			return Outcome.refused(List.of(Finding.of(ex.rule(), workload)),
					List.of(WorkloadReport.of(workload, null, nothing, Action.REFUSED, List.of())));
		}
	}

	private static void annotations(Remover remover, Workload workload, Mapping template, Provenance provenance) {
		Set<String> keys = new HashSet<>();
		keys.add(Provenance.KEY);
		provenance.keys().forEach((key) -> keys.add(Annotations.PREFIX + key));
		Entry metadata = template.find("metadata");
		Mapping holder = own(workload, metadata);
		Entry entry = holder.find("annotations");
		Mapping annotations = own(workload, entry);
		if (!annotations.entries().stream().allMatch((each) -> isOurs(each, keys))) {
			remover.entries(annotations, (each) -> isOurs(each, keys));
			return;
		}
		String had = provenance.had().get("annotations");
		if (had != null && entry != null) {
			remover.value(entry, holder.flow(), had);
			return;
		}
		if (holder.entries().size() > 1) {
			remover.entries(holder, (each) -> each == entry);
			return;
		}
		had = provenance.had().get("metadata");
		if (had != null && metadata != null) {
			remover.value(metadata, template.flow(), had);
		}
		else if (template.entries().size() > 1) {
			remover.entries(template, (each) -> each == metadata);
		}
		else {
			throw new UnsafeEditException("nothing would be left of the template");
		}
	}

	private static boolean isOurs(Entry entry, Set<String> keys) {
		String name = entry.name();
		return name != null && keys.contains(name);
	}

	private static Mapping own(Workload workload, @Nullable Entry entry) {
		if (entry == null || !(entry.value() instanceof Mapping mapping) || workload.document().leaks(mapping)) {
			throw new UnsafeEditException("the annotations have moved elsewhere");
		}
		return mapping;
	}

}
