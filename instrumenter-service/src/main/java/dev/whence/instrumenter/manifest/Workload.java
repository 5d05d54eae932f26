package dev.whence.instrumenter.manifest;

import java.util.List;

import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * An object that makes pods, with the way to its pod template.
 *
 * @param kind as reported; the two of Knative are told apart from their namesakes
 * @param owner the entry whose value the template is; null where the object is the pod
 * @param template null if it cannot be edited; then there is a refusal
 * @param nodes every node from the document's root to the template, both included
 */
record Workload(YamlDocument document, String kind, @Nullable String name, @Nullable String namespace, int line,
		Mapping object, @Nullable Entry owner, @Nullable Mapping template, List<YamlNode> nodes,
		@Nullable Rule refusal) {

	String label() {
		return this.kind + "/" + ((this.name != null) ? this.name : "?");
	}

	/** The kind as the manifest writes it. */
	String plainKind() {
		return switch (this.kind) {
			case "KnativeService" -> "Service";
			case "KnativeConfiguration" -> "Configuration";
			default -> this.kind;
		};
	}

}
