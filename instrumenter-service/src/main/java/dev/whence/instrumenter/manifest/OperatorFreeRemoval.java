package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;

/** Takes agents out again that were put in without the operator. */
final class OperatorFreeRemoval {

	private final SourceText source;

	private final Remover remover;

	private final Provenance provenance;

	private OperatorFreeRemoval(SourceText source, Remover remover, Provenance provenance) {
		this.source = source;
		this.remover = remover;
		this.provenance = provenance;
	}

	/** Plans the removal of everything that the note names. */
	static List<Splice> plan(SourceText source, Remover remover, PodTemplate pod, Provenance provenance) {
		Mapping spec = pod.spec();
		if (provenance.agents().isEmpty() || spec == null) {
			return List.of();
		}
		if (pod.containers().size() > Targets.MOST_CONTAINERS) {
			throw new UnsafeEditException("too many containers");
		}
		OperatorFreeRemoval removal = new OperatorFreeRemoval(source, remover, provenance);
		Set<String> agents = new HashSet<>();
		provenance.agents().keySet().forEach((language) -> agents.add(AgentRecipe.NAME + language.id()));
		removal.lists(spec, Map.of("initContainers", named(agents), "volumes", named(agents)), "");
		List<Splice> splices = new ArrayList<>();
		provenance.agents().forEach((language, names) -> {
			for (Mapping container : pod.containers()) {
				String name = container.text("name");
				if (name != null && names.contains(name)) {
					if (language.hasAgent()) {
						splices.addAll(removal.container(pod, container, name, language));
					}
				}
			}
		});
		return splices;
	}

	private List<Splice> container(PodTemplate pod, Mapping container, String name, Language language) {
		Set<String> variables = new HashSet<>(AgentRecipe.variables(language));
		variables.removeIf((variable) -> this.provenance.had().containsKey(name + "/" + variable));
		lists(container,
				Map.of("env", named(variables), "volumeMounts", named(Set.of(AgentRecipe.NAME + language.id()))),
				name + "/");
		List<Splice> splices = new ArrayList<>();
		AgentRecipe.of(language, name, false).extended().forEach((variable, part) -> {
			if ("+".equals(this.provenance.had().get(name + "/" + variable))) {
				pod.items(container, "env")
					.stream()
					.filter((item) -> variable.equals(item.text("name")))
					.reduce((first, last) -> last)
					.ifPresent((item) -> splices.addAll(Environment.unextend(this.source, item, part)));
			}
		});
		return splices;
	}

	/** Empties lists of one mapping; those that were made go as a whole. */
	private void lists(Mapping mapping, Map<String, Predicate<YamlNode>> ours, String place) {
		Set<Entry> made = Collections.newSetFromMap(new IdentityHashMap<>());
		ours.forEach((key, isOurs) -> {
			Entry entry = mapping.find(key);
			if (entry == null || !(entry.value() instanceof Sequence sequence)
					|| sequence.items().stream().noneMatch(isOurs)) {
				return;
			}
			String had = this.provenance.had().get(place + key);
			if (!sequence.items().stream().allMatch(isOurs)) {
				this.remover.items(sequence, isOurs);
			}
			else if (had != null) {
				this.remover.value(entry, mapping.flow(), had);
			}
			else {
				made.add(entry);
			}
		});
		if (made.size() == mapping.entries().size()) {
			throw new UnsafeEditException("nothing would be left");
		}
		this.remover.entries(mapping, made::contains);
	}

	private static Predicate<YamlNode> named(Set<String> names) {
		return (item) -> {
			String name = (item instanceof Mapping mapping) ? mapping.text("name") : null;
			return name != null && names.contains(name);
		};
	}

}
