package dev.whence.instrumenter.manifest;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.whence.instrumenter.manifest.YamlNode.Alias;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Proves an edit after the fact: the text with additions is read again and must be the
 * text without them, node for node, but for what may be added. No edit leaves this
 * package without this proof, whatever the planners believe.
 */
final class StructureProof {

	/** Keys under which a mode may add collections. */
	private static final Set<String> CONTAINERS = Set.of("metadata", "annotations");

	private static final Set<String> LISTS = Set.of("initContainers", "volumes", "env", "volumeMounts");

	private final boolean agents;

	private StructureProof(boolean agents) {
		this.agents = agents;
	}

	/**
	 * Whether the larger documents are the smaller ones plus additions.
	 * @param agents whether additions of operator-free mode are allowed too
	 */
	static boolean holds(List<YamlDocument> smaller, List<YamlDocument> larger, boolean agents) {
		if (smaller.size() != larger.size()) {
			return false;
		}
		StructureProof proof = new StructureProof(agents);
		for (int i = 0; i < smaller.size(); i++) {
			YamlNode before = smaller.get(i).root();
			YamlNode after = larger.get(i).root();
			if ((before == null) != (after == null)
					|| (before != null && after != null && !proof.same(before, after, null, false))) {
				return false;
			}
		}
		return true;
	}

	private boolean same(YamlNode before, YamlNode after, @Nullable String key, boolean environment) {
		return switch (before) {
			case Scalar scalar -> switch (after) {
				case Scalar other -> scalar.equals(other.moved(scalar.at()))
						|| (environment && this.agents && Environment.extended(scalar.value(), other.value()));
				case Mapping mapping -> scalar.isNull() && key != null && CONTAINERS.contains(key) && added(mapping);
				case Sequence sequence -> scalar.isNull() && key != null && this.agents && LISTS.contains(key)
						&& sequence.items().stream().allMatch(Environment::isOurs);
				case Alias alias -> false;
			};
			case Alias alias -> after instanceof Alias other && alias.target().equals(other.target());
			case Sequence sequence -> after instanceof Sequence other && sequence.flow() == other.flow()
					&& sequence.tagged() == other.tagged() && Objects.equals(sequence.anchor(), other.anchor())
					&& sameItems(sequence, other, key);
			case Mapping mapping -> after instanceof Mapping other && mapping.flow() == other.flow()
					&& mapping.tagged() == other.tagged() && Objects.equals(mapping.anchor(), other.anchor())
					&& sameEntries(mapping, other, "env".equals(key));
		};
	}

	private boolean sameItems(Sequence before, Sequence after, @Nullable String key) {
		int more = after.items().size() - before.items().size();
		if (more < 0 || (more > 0 && !(this.agents && key != null && LISTS.contains(key)))) {
			return false;
		}
		for (int i = 0; i < more; i++) {
			if (!Environment.isOurs(after.items().get(i))) {
				return false;
			}
		}
		for (int i = 0; i < before.items().size(); i++) {
			if (!same(before.items().get(i), after.items().get(i + more), key, false)) {
				return false;
			}
		}
		return true;
	}

	private boolean sameEntries(Mapping before, Mapping after, boolean variable) {
		int next = 0;
		for (Entry entry : after.entries()) {
			if (next < before.entries().size()) {
				Entry old = before.entries().get(next);
				if (same(old.key(), entry.key(), null, false)) {
					if (!same(old.value(), entry.value(), entry.name(), variable && "value".equals(entry.name()))) {
						return false;
					}
					next++;
					continue;
				}
			}
			if (!added(entry)) {
				return false;
			}
		}
		return next == before.entries().size();
	}

	private boolean added(Mapping mapping) {
		return mapping.entries().stream().allMatch(this::added);
	}

	private boolean added(Entry entry) {
		String name = entry.name();
		if (name == null) {
			return false;
		}
		if (CONTAINERS.contains(name)) {
			return entry.value() instanceof Mapping mapping && added(mapping);
		}
		if (name.startsWith(Annotations.PREFIX)) {
			return entry.value() instanceof Scalar scalar && !scalar.plain();
		}
		return this.agents && LISTS.contains(name) && entry.value() instanceof Sequence sequence
				&& sequence.items().stream().allMatch(Environment::isOurs);
	}

}
