package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.Collections;
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
		Set<YamlNode> copies = identities();
		Set<YamlNode> volumes = identities();
		provenance.agents().keySet().stream().filter(Language::hasAgent).forEach((language) -> {
			AgentRecipe recipe = AgentRecipe.of(language, "", false);
			claim(spec, "initContainers", recipe::isNamedAlike, recipe::isInitContainer, copies);
			claim(spec, "volumes", recipe::isNamedAlike, recipe::isVolume, volumes);
		});
		removal.lists(spec, Map.of("initContainers", copies, "volumes", volumes), "");
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
		AgentRecipe recipe = AgentRecipe.of(language, name, false);
		AgentRecipe onAlpine = AgentRecipe.of(language, name, true);
		Set<YamlNode> variables = identities();
		for (String variable : AgentRecipe.variables(language)) {
			if (!this.provenance.had().containsKey(name + "/" + variable)) {
				claim(container, "env", (item) -> variable.equals(item.text("name")),
						(item) -> recipe.isVariable(item) || onAlpine.isVariable(item), variables);
			}
		}
		Set<YamlNode> mounts = identities();
		claim(container, "volumeMounts", recipe::isNamedAlike, recipe::isMount, mounts);
		lists(container, Map.of("env", variables, "volumeMounts", mounts), name + "/");
		List<Splice> splices = new ArrayList<>();
		recipe.extended().forEach((variable, part) -> {
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
	private void lists(Mapping mapping, Map<String, Set<YamlNode>> ours, String place) {
		Set<Entry> made = Collections.newSetFromMap(new IdentityHashMap<>());
		ours.forEach((key, claimed) -> {
			Entry entry = mapping.find(key);
			if (entry == null || !(entry.value() instanceof Sequence sequence) || claimed.isEmpty()) {
				return;
			}
			String had = this.provenance.had().get(place + key);
			if (!claimed.containsAll(sequence.items())) {
				this.remover.items(sequence, claimed::contains);
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

	/**
	 * Picks the one item of a list that was added: it has its name and still looks as it
	 * was written. Additions come first, so of two alike the later one is the author's.
	 * @throws UnsafeEditException when something has the name and nothing the looks
	 */
	private static void claim(Mapping owner, String key, Predicate<Mapping> isNamedAlike, Predicate<Mapping> isOurs,
			Set<YamlNode> claimed) {
		Entry entry = owner.find(key);
		if (entry == null || !(entry.value() instanceof Sequence sequence)) {
			return;
		}
		List<Mapping> named = sequence.items()
			.stream()
			.filter(Mapping.class::isInstance)
			.map(Mapping.class::cast)
			.filter(isNamedAlike)
			.toList();
		if (!named.isEmpty()) {
			claimed.add(named.stream()
				.filter(isOurs)
				.findFirst()
				.orElseThrow(() -> new UnsafeEditException(Rule.CHANGED_SINCE, "an item of " + key + " was changed")));
		}
	}

	private static Set<YamlNode> identities() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

}
