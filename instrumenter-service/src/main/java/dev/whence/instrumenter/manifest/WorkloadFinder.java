package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;

import dev.whence.instrumenter.manifest.YamlNode.Alias;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Finds pod templates: by kind, at the place where that kind has its template, in
 * documents, lists and OpenShift templates. Something that merely looks like a manifest,
 * a text inside a ConfigMap for instance, is not found.
 */
final class WorkloadFinder {

	private final SourceText source;

	private final YamlDocument document;

	private final List<Workload> found = new ArrayList<>();

	private WorkloadFinder(SourceText source, YamlDocument document) {
		this.source = source;
		this.document = document;
	}

	static List<Workload> find(SourceText source, YamlDocument document) {
		WorkloadFinder finder = new WorkloadFinder(source, document);
		if (document.root() instanceof Mapping mapping) {
			finder.visit(mapping, List.of(mapping));
		}
		return finder.found;
	}

	private void visit(Mapping object, List<YamlNode> way) {
		String kind = object.text("kind");
		if (kind == null) {
			return;
		}
		Walk walk = new Walk(object, way);
		if (object.count("kind") > 1 || object.count("apiVersion") > 1) {
			walk.refusal = Rule.DUPLICATE_KEY;
		}
		switch (kind) {
			case "Pod" -> add(kind, object, walk);
			case "Rollout" -> {
				if (has(object, "spec", "workloadRef") && !has(object, "spec", "template")) {
					walk.refusal = Rule.WORKLOAD_REF;
					add(kind, object, walk);
				}
				else {
					add(kind, object, walk.to("spec").to("template"));
				}
			}
			case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job",
					"DeploymentConfig", "CloneSet", "BroadcastJob" ->
				add(kind, object, walk.to("spec").to("template"));
			case "ScaledJob" -> add(kind, object, walk.to("spec").to("jobTargetRef").to("template"));
			case "AdvancedCronJob" ->
				add(kind, object, walk.to("spec").to("template").to("jobTemplate").to("spec").to("template"));
			case "CronJob" -> add(kind, object, walk.to("spec").to("jobTemplate").to("spec").to("template"));
			case "PodTemplate" -> add(kind, object, walk.to("template"));
			case "Service", "Configuration" -> {
				String apiVersion = object.text("apiVersion");
				if (apiVersion != null && apiVersion.startsWith("serving.knative.dev")) {
					add("Knative" + kind, object, walk.to("spec").to("template"));
				}
			}
			case "Template" -> items(object, "objects", way);
			default -> {
				if (kind.endsWith("List")) {
					items(object, "items", way);
				}
				else if (has(object, "spec", "template", "spec", "containers")) {
					walk.refusal = Rule.UNKNOWN_KIND;
					add(kind, object, walk);
				}
			}
		}
	}

	/** Whether there is something at the end of this way. */
	private boolean has(Mapping object, String... way) {
		YamlNode here = object;
		for (String key : way) {
			Entry entry = (here instanceof Mapping mapping) ? mapping.find(key) : null;
			if (entry == null) {
				return false;
			}
			here = this.document.resolve(entry.value());
		}
		return true;
	}

	private void items(Mapping object, String key, List<YamlNode> way) {
		Entry entry = object.find(key);
		if (entry != null && entry.value() instanceof Sequence sequence) {
			for (YamlNode item : sequence.items()) {
				if (item instanceof Mapping mapping) {
					List<YamlNode> longer = new ArrayList<>(way);
					longer.add(sequence);
					longer.add(mapping);
					visit(mapping, longer);
				}
			}
		}
	}

	private void add(String kind, Mapping object, Walk walk) {
		if (walk.missing) {
			return;
		}
		if (walk.refusal == null && walk.way.stream().anyMatch(this.document::leaks)) {
			walk.refusal = Rule.LEAK;
		}
		Mapping template = (walk.refusal == null && walk.here instanceof Mapping mapping) ? mapping : null;
		Rule refusal = (template == null && walk.refusal == null) ? Rule.NOT_A_MAPPING : walk.refusal;
		Entry metadata = object.find("metadata");
		String name = null;
		String namespace = null;
		if (metadata != null && this.document.resolve(metadata.value()) instanceof Mapping mapping) {
			name = mapping.text("name");
			if (name == null) {
				name = mapping.text("generateName");
			}
			namespace = mapping.text("namespace");
		}
		this.found.add(new Workload(this.document, kind, name, namespace, object.at().line() + 1, object, walk.owner,
				template, walk.way, refusal));
	}

	/** A way down from an object, key by key, that remembers why it cannot be edited. */
	private final class Walk {

		private @Nullable YamlNode here;

		private @Nullable Entry owner;

		private final List<YamlNode> way;

		private @Nullable Rule refusal;

		private boolean missing;

		Walk(Mapping start, List<YamlNode> way) {
			this.here = start;
			this.way = new ArrayList<>(way);
		}

		Walk to(String key) {
			if (this.missing || !(this.here instanceof Mapping mapping)) {
				this.missing = true;
				return this;
			}
			Entry entry = mapping.find(key);
			if (entry == null) {
				this.missing = true;
				return this;
			}
			if (mapping.count(key) > 1) {
				refuse(Rule.DUPLICATE_KEY);
			}
			if (isExplicit(WorkloadFinder.this.source, mapping, entry)) {
				refuse(Rule.EXPLICIT_KEY);
			}
			YamlNode value = entry.value();
			if (value instanceof Alias) {
				refuse(Rule.ALIAS);
				value = WorkloadFinder.this.document.resolve(value);
			}
			if (value instanceof Scalar scalar && scalar.isNull()) {
				this.missing = true;
				return this;
			}
			this.owner = entry;
			this.here = value;
			this.way.add(value);
			return this;
		}

		private void refuse(Rule rule) {
			if (this.refusal == null) {
				this.refusal = rule;
			}
		}

	}

	/** Whether the key is written {@code ? key}. */
	static boolean isExplicit(SourceText source, Mapping mapping, Entry entry) {
		int key = entry.key().at().start();
		return key > mapping.at().start() && source.lastVisibleOnLine(key) == '?';
	}

}
