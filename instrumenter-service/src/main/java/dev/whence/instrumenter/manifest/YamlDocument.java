package dev.whence.instrumenter.manifest;

import java.util.Map;
import java.util.Set;

import dev.whence.instrumenter.manifest.YamlNode.Alias;
import org.jspecify.annotations.Nullable;

/**
 * One document of a stream.
 *
 * @param index counted from zero
 * @param root null for an empty document
 * @param anchors what each anchor names, the last definition winning
 * @param aliased names of the anchors that some alias refers to
 */
record YamlDocument(int index, @Nullable YamlNode root, Map<String, YamlNode> anchors, Set<String> aliased) {

	/** The node itself, or what it stands for if it is an alias; for reading only. */
	YamlNode resolve(YamlNode node) {
		YamlNode current = node;
		for (int hops = 0; current instanceof Alias alias && hops < 8; hops++) {
			YamlNode target = this.anchors.get(alias.target());
			if (target == null) {
				return current;
			}
			current = target;
		}
		return current;
	}

	/** Whether editing this node would change another place too. */
	boolean leaks(YamlNode node) {
		String anchor = node.anchor();
		return anchor != null && this.aliased.contains(anchor);
	}

}
