package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Writes manifests as people and programs write them: every kind, and every mixture of
 * block and flow style, quotes, indentation, comments, anchors, line ends and template
 * expressions. The same seed gives the same manifest.
 */
final class ManifestGenerator {

	private static final List<String> KINDS = List.of("Deployment", "Deployment", "StatefulSet", "DaemonSet",
			"ReplicaSet", "ReplicationController", "Job", "Rollout", "DeploymentConfig", "CronJob", "Pod",
			"PodTemplate", "Knative", "Service", "ConfigMap", "Secret", "Namespace", "CustomResourceDefinition");

	private static final List<String> IMAGES = List.of("eclipse-temurin:21-jre", "node:22-alpine", "python:3.12",
			"mcr.microsoft.com/dotnet/aspnet:8.0", "golang:1.24", "redis:7", "registry.example.com:5000/team/orders",
			"ghcr.io/team/cart@sha256:" + "a".repeat(64), "envoyproxy/envoy:v1.30", "nginx");

	private static final List<String> WORDS = List.of("orders", "cart", "0123", "yes", "null", "~", "12:30:45", "1e3",
			"it's", "say \"hi\"", "C:\\temp", "a: b", "# no comment", "größe 日本 😀", "{x}", "[y]", "*star", "&and",
			"!bang", "%p", "@at", "", " padded ", "--- x", "$HOME");

	private static final List<String> COMMENTS = List.of("# why", "# kind: Pod", "#", "# annotations: {a: b}",
			"# 😀 {not one}", "#### \"x\" 'y'");

	private final Random random;

	private final StringBuilder out = new StringBuilder();

	private int step;

	private boolean indented;

	private boolean comments;

	private boolean helm;

	private int anchors;

	private ManifestGenerator(long seed) {
		this.random = new Random(seed);
	}

	static String manifest(long seed) {
		return new ManifestGenerator(seed).text();
	}

	private String text() {
		this.helm = chance(8);
		if (!this.helm && chance(10)) {
			String json = json(object(), chance(2) ? "" : chance(2) ? "  " : "\t", "\n");
			return ending(json + (chance(3) ? "" : "\n"));
		}
		int documents = chance(3) ? 2 + this.random.nextInt(4) : 1;
		for (int i = 0; i < documents; i++) {
			this.step = chance(4) ? 4 : 2;
			this.indented = chance(2);
			this.comments = chance(2);
			if (i > 0 || chance(3)) {
				this.out.append(chance(6) ? "--- # next\n" : "---\n");
			}
			if (i > 0 && chance(8)) {
				this.out.append("# nothing here\n---\n");
			}
			block(object(), 0, "");
			if (chance(12) && !this.helm) {
				this.out.append("...\n");
				if (i + 1 < documents) {
					continue;
				}
			}
		}
		return ending(this.out.toString());
	}

	private String ending(String text) {
		String ended = chance(6) ? text.stripTrailing() : text;
		ended = chance(6) ? ended.replace("\n", "\r\n") : ended;
		return chance(10) ? "\uFEFF" + ended : ended;
	}

	// What it says.

	private Map<String, Object> object() {
		if (chance(12)) {
			Map<String, Object> list = new LinkedHashMap<>();
			boolean template = chance(3);
			list.put("apiVersion", template ? "template.openshift.io/v1" : "v1");
			list.put("kind", template ? "Template" : chance(2) ? "List" : "DeploymentList");
			List<Object> items = new ArrayList<>();
			for (int i = this.random.nextInt(4); i >= 0; i--) {
				items.add(workload());
			}
			list.put(template ? "objects" : "items", items);
			return list;
		}
		return workload();
	}

	private Map<String, Object> workload() {
		String kind = pick(KINDS);
		Map<String, Object> object = new LinkedHashMap<>();
		object.put("apiVersion", kind.equals("Knative") ? "serving.knative.dev/v1" : "apps/v1");
		object.put("kind", kind.equals("Knative") ? "Service" : kind);
		Map<String, Object> metadata = metadata(true);
		if (metadata != null) {
			object.put("metadata", metadata);
		}
		switch (kind) {
			case "Pod" -> object.put("spec", podSpec());
			case "PodTemplate" -> object.put("template", template());
			case "CronJob" -> object.put("spec",
					map("schedule", "*/5 * * * *", "jobTemplate", map("spec", map("template", template()))));
			case "Service" -> object.put("spec", map("ports", List.of(map("port", 80))));
			case "ConfigMap", "Secret" ->
				object.put("data", map("x.yaml", new Text("kind: Deployment\nspec:\n  template: {}\n"), "y", word()));
			case "Namespace", "CustomResourceDefinition" -> object.put("spec", map("x", map("template", map("y", 1))));
			default -> {
				Map<String, Object> spec = map("replicas", 2, "selector", map("matchLabels", map("app", "orders")));
				spec.put("template", template());
				if (chance(3)) {
					spec.put("strategy", map("type", "Recreate"));
				}
				object.put("spec", spec);
			}
		}
		if (chance(6)) {
			object.put("status", map("template", map("metadata", map("annotations", map()))));
		}
		return object;
	}

	private Map<String, Object> template() {
		Map<String, Object> template = new LinkedHashMap<>();
		if (chance(2)) {
			template.put("spec", podSpec());
		}
		if (!chance(4)) {
			template.put("metadata", metadata(false));
		}
		template.putIfAbsent("spec", podSpec());
		return template;
	}

	@Nullable private Map<String, Object> metadata(boolean named) {
		if (chance(10)) {
			return named ? map("name", "orders") : null;
		}
		Map<String, Object> metadata = new LinkedHashMap<>();
		if (named) {
			metadata.put("name", this.helm && chance(2) ? new Expression("{{ .Release.Name }}-orders") : "orders");
		}
		if (chance(2)) {
			metadata.put("labels", labels());
		}
		if (chance(2)) {
			Map<String, Object> annotations = new LinkedHashMap<>();
			for (int i = this.random.nextInt(4); i > 0; i--) {
				annotations.put("example.com/n" + i, chance(4) ? new Text("one\n  two\n\nthree\n") : word());
			}
			if (chance(10)) {
				annotations.put("instrumentation.opentelemetry.io/inject-" + pick(List.of("java", "nodejs")),
						pick(List.of("true", "false", "shop/cr")));
			}
			metadata.put("annotations", annotations.isEmpty() && chance(2) ? null : annotations);
		}
		return metadata;
	}

	private Map<String, Object> labels() {
		Map<String, Object> labels = map("app", "orders");
		if (chance(3)) {
			labels.put("version", word());
		}
		if (this.helm && chance(2)) {
			labels.put("{{", new Expression("{{- include \"orders.labels\" . | nindent 8 }}"));
		}
		return labels;
	}

	private Map<String, Object> podSpec() {
		Map<String, Object> spec = new LinkedHashMap<>();
		if (chance(3)) {
			spec.put("serviceAccountName", "orders");
		}
		List<Object> containers = new ArrayList<>();
		for (int i = chance(4) ? this.random.nextInt(3) : 0; i >= 0; i--) {
			Map<String, Object> container = map("name", "c" + i, "image", this.helm && chance(3)
					? new Expression("\"{{ .Values.image }}:{{ .Values.tag }}\"") : pick(IMAGES));
			if (chance(3)) {
				container.put("args", List.of("--port", "80", word()));
			}
			if (chance(2)) {
				container.put("env", List.of(map("name", "A", "value", word()),
						map("name", "JAVA_TOOL_OPTIONS", "value", "-Xmx1g")));
			}
			containers.add(container);
		}
		spec.put("containers", containers);
		return spec;
	}

	private Object word() {
		return pick(WORDS);
	}

	// How it is written.

	private void block(Object value, int column, String lead) {
		if (value instanceof Map<?, ?> map && !map.isEmpty()) {
			boolean first = true;
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				if (!first || lead.isEmpty()) {
					comment(column);
					this.out.append(" ".repeat(column));
				}
				first = false;
				if (entry.getValue() instanceof Expression expression && entry.getKey().equals("{{")) {
					this.out.append(expression.text()).append('\n');
					continue;
				}
				this.out.append(key(String.valueOf(entry.getKey()))).append(':');
				value(entry.getValue(), column);
			}
		}
		else {
			value(value, column);
		}
	}

	private void value(@Nullable Object value, int column) {
		boolean collection = value instanceof Map<?, ?> map && !map.isEmpty()
				|| value instanceof List<?> list && !list.isEmpty();
		if (!collection || (!this.helm && chance(7))) {
			this.out.append((value != null) ? anchor() : "").append(scalarOrFlow(value, column));
			this.out.append(this.comments && chance(6) ? "   " + pick(COMMENTS) : "").append('\n');
			return;
		}
		this.out.append(anchor()).append(this.comments && chance(8) ? " " + pick(COMMENTS) : "").append('\n');
		if (value instanceof List<?> list) {
			int dash = column + (this.indented ? this.step : 0);
			for (Object item : list) {
				comment(dash);
				this.out.append(" ".repeat(dash)).append("- ");
				if (item instanceof Map<?, ?>) {
					block(item, dash + 2, "- ");
				}
				else {
					this.out.append(scalarOrFlow(item, dash + 2).stripLeading()).append('\n');
				}
			}
		}
		else {
			block(value, column + this.step, "");
		}
	}

	private void comment(int column) {
		if (this.comments && chance(10)) {
			this.out.append(chance(3) ? "" : " ".repeat(chance(4) ? 0 : column) + pick(COMMENTS)).append('\n');
		}
		if (this.helm && chance(25)) {
			this.out.append("{{- /* a note */}}\n");
		}
	}

	private String anchor() {
		return (chance(60)) ? " &a" + this.anchors++ : "";
	}

	private String key(String key) {
		return chance(15) ? '"' + key + '"' : chance(20) ? "'" + key + "'" : key;
	}

	private String scalarOrFlow(@Nullable Object value, int column) {
		return switch (value) {
			case null -> pick(List.of("", " null", " ~"));
			case Text text -> " |" + (chance(3) ? "-" : "") + "\n" + " ".repeat(column + this.step)
					+ text.text().stripTrailing().replaceAll("\n(?=.)", "\n" + " ".repeat(column + this.step));
			case Expression expression -> " " + expression.text();
			case Map<?, ?> map -> " " + flow(map, column);
			case List<?> list -> " " + flow(list, column);
			default -> " " + scalar(value);
		};
	}

	private String scalar(Object value) {
		String text = String.valueOf(value);
		if (value instanceof Number) {
			return text;
		}
		boolean plain = text.matches("[A-Za-z/][-A-Za-z0-9_./@]*(:[-A-Za-z0-9_./@]+)*")
				&& !List.of("yes", "null").contains(text);
		if (plain && !chance(4)) {
			return text;
		}
		return chance(2) ? quoted(text) : "'" + text.replace("'", "''") + "'";
	}

	private static String quoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
	}

	private String flow(Object value, int column) {
		boolean lines = chance(4);
		String open = lines ? "\n" + " ".repeat(column + this.step) : chance(3) ? " " : "";
		String between = lines ? "," + open : chance(4) ? "," + "  " : ", ";
		String close = lines ? (chance(2) ? "," : "") + "\n" + " ".repeat(column + this.step) : open;
		List<String> parts = new ArrayList<>();
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, item) -> parts.add(key(String.valueOf(key)) + ": " + flowItem(item, column + this.step)));
		}
		else if (value instanceof List<?> list) {
			list.forEach((item) -> parts.add(flowItem(item, column + this.step)));
		}
		String inside = parts.isEmpty() ? (chance(3) ? " " : "") : open + String.join(between, parts) + close;
		return (value instanceof Map<?, ?>) ? "{" + inside + "}" : "[" + inside + "]";
	}

	private String flowItem(@Nullable Object item, int column) {
		return switch (item) {
			case null -> "null";
			case Text text -> quoted(text.text());
			case Map<?, ?> map -> flow(map, column);
			case List<?> list -> flow(list, column);
			default -> scalar(item);
		};
	}

	private String json(@Nullable Object value, String indent, String line) {
		String inner = indent.isEmpty() ? "" : line + indent;
		String outer = indent.isEmpty() ? "" : line;
		List<String> parts = new ArrayList<>();
		switch (value) {
			case Map<?, ?> map -> {
				map.forEach((key, item) -> parts.add(quoted(String.valueOf(key)) + (indent.isEmpty() ? ":" : ": ")
						+ json(item, indent, line + indent)));
				return map.isEmpty() ? "{}" : "{" + inner + String.join("," + inner, parts) + outer + "}";
			}
			case List<?> list -> {
				list.forEach((item) -> parts.add(json(item, indent, line + indent)));
				return list.isEmpty() ? "[]" : "[" + inner + String.join("," + inner, parts) + outer + "]";
			}
			case null -> {
				return "null";
			}
			case Number number -> {
				return number.toString();
			}
			case Text text -> {
				return quoted(text.text());
			}
			default -> {
				return quoted(value.toString());
			}
		}
	}

	private boolean chance(int in) {
		return this.random.nextInt(in) == 0;
	}

	private <T> T pick(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	private static Map<String, Object> map(Object... keysAndValues) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
		}
		return map;
	}

	/** Several lines. */
	private record Text(String text) {
	}

	/** Something that a template engine fills in. */
	private record Expression(String text) {
	}

}
