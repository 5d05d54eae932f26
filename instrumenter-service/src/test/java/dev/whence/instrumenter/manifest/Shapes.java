package dev.whence.instrumenter.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One manifest for every shape of YAML and every kind that the contract names. Each runs
 * a Java program, so that each is expected to change.
 */
final class Shapes {

	private static final String SPEC = """
			    spec:
			      containers:
			        - name: orders
			          image: eclipse-temurin:21-jre
			""";

	private Shapes() {
	}

	static Map<String, String> all() {
		Map<String, String> shapes = new LinkedHashMap<>();
		templateMetadata(shapes);
		kinds(shapes);
		flow(shapes);
		files(shapes);
		return shapes;
	}

	private static void templateMetadata(Map<String, String> shapes) {
		shapes.put("no metadata", deployment(""));
		shapes.put("metadata left out", deployment("    metadata:   # none yet\n"));
		shapes.put("metadata null", deployment("    metadata: null # none\n"));
		shapes.put("metadata tilde", deployment("    metadata: ~\n"));
		shapes.put("metadata empty flow", deployment("    metadata: {}\n"));
		shapes.put("metadata flow", deployment("    metadata: {labels: {app: orders}}\n"));
		shapes.put("labels only", deployment("    metadata:\n      # why\n      labels: {app: orders}\n"));
		shapes.put("annotations left out", annotations(":"));
		shapes.put("annotations left out with comment", annotations(":   # later"));
		shapes.put("annotations null", annotations(": null"));
		shapes.put("annotations Null", annotations(": Null  # c"));
		shapes.put("annotations tilde", annotations(": ~"));
		shapes.put("annotations empty flow", annotations(": {}"));
		shapes.put("annotations empty flow spaced", annotations(": {  }  # c"));
		shapes.put("annotations flow", annotations(": {a/b: 'c', d: e}"));
		shapes.put("annotations flow spaced", annotations(": { a/b: 'c' }"));
		shapes.put("annotations flow trailing comma", annotations(": {a/b: 'c',}"));
		shapes.put("annotations flow over lines",
				annotations(": {\n        a/b: \"c\",   # first\n        d: e\n      }"));
		shapes.put("annotations block",
				annotations(":\n        # about a\n        a/b: 'c' # d\n\n        e: |\n          x\n"));
		shapes.put("annotations deep", annotations(":\n               far/right: '1'"));
		shapes.put("annotations multi-line plain", annotations(":\n        note: one\n          two three"));
		shapes.put("annotations anchored, unused", annotations(": &own\n        team: core"));
		shapes.put("annotations anchored on own line", annotations(":\n        &own\n        team: core"));
		shapes.put("annotations tagged", annotations(": !!map\n        team: core"));
		shapes.put("annotations quoted keys", annotations(":\n        'a': \"b\""));
		shapes.put("annotations with merge key",
				"x: &ann {team: core}\n" + annotations(":\n        <<: *ann\n        own: '1'"));
	}

	private static void kinds(Map<String, String> shapes) {
		for (String kind : new String[] { "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job",
				"Rollout", "DeploymentConfig" }) {
			shapes.put(kind, deployment("    metadata:\n      labels: {app: orders}\n").replace("Deployment", kind));
		}
		shapes.put("CronJob", """
				apiVersion: batch/v1
				kind: CronJob
				metadata:
				  generateName: orders-
				spec:
				  schedule: "*/5 * * * *"
				  jobTemplate:
				    spec:
				      template:
				        metadata:
				          annotations: {}
				        spec:
				          containers:
				          - {name: orders, image: "eclipse-temurin:21-jre"}
				""");
		shapes.put("Pod", pod("metadata:\n  name: orders\n"));
		shapes.put("Pod without metadata", pod(""));
		shapes.put("PodTemplate", """
				apiVersion: v1
				kind: PodTemplate
				metadata: {name: orders}
				template:
				  spec:
				    containers: [{name: orders, image: node:22}]
				""");
		shapes.put("Knative Service", """
				apiVersion: serving.knative.dev/v1
				kind: Service
				metadata: {name: orders}
				spec:
				  template:
				    spec:
				      containers:
				      - image: python:3.12
				""");
		shapes.put("List", """
				apiVersion: v1
				kind: List
				items:
				- apiVersion: v1
				  kind: Service
				  metadata: {name: orders}
				-   apiVersion: v1
				    kind: Pod
				    metadata:
				        name: orders
				    spec:
				        containers:
				        -   name: orders
				            image: eclipse-temurin:21-jre
				""");
		shapes.put("OpenShift Template", """
				apiVersion: template.openshift.io/v1
				kind: Template
				objects:
				- apiVersion: v1
				  kind: DeploymentConfig
				  metadata: {name: orders}
				  spec:
				    template:
				      spec:
				        containers:
				        - name: orders
				          image: mcr.microsoft.com/dotnet/aspnet:8.0-alpine
				parameters: [{name: X}]
				""");
		shapes.put("two containers", """
				apiVersion: v1
				kind: Pod
				metadata:
				  name: orders
				spec:
				  containers:
				  - name: proxy
				    image: envoyproxy/envoy:v1.30
				  - name: orders
				    image: eclipse-temurin:21-jre
				""");
		shapes.put("two languages", """
				apiVersion: v1
				kind: Pod
				metadata:
				  name: orders
				spec:
				  containers:
				  - {name: web, image: node:22, command: [node, server.js]}
				  - name: orders
				    image: eclipse-temurin:21-jre
				""");
	}

	private static void flow(Map<String, String> shapes) {
		shapes.put("JSON compact",
				"{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"annotations\":null},\"spec\":{\"containers\":[{\"name\":\"orders\",\"image\":\"eclipse-temurin:21\"}]}}");
		shapes.put("JSON pretty", """
				{
				  "apiVersion": "v1",
				  "kind": "Pod",
				  "metadata": {
				    "name": "orders",
				    "annotations": {
				      "a": "b"
				    }
				  },
				  "spec": {
				    "containers": [
				      {
				        "name": "orders",
				        "image": "eclipse-temurin:21"
				      }
				    ]
				  }
				}
				""");
		shapes.put("JSON with tabs and nothing to hang on", """
				{
				\t"kind": "Deployment",
				\t"spec": {
				\t\t"template": {
				\t\t\t"spec": {
				\t\t\t\t"containers": [{"name": "orders", "image": "eclipse-temurin:21"}]
				\t\t\t}
				\t\t}
				\t}
				}""");
		shapes.put("one line behind the marker",
				"--- {apiVersion: v1, kind: Pod, metadata: {name: orders}, spec: {containers: [{name: orders, image: 'node:22'}]}}\n");
	}

	private static void files(Map<String, String> shapes) {
		String plain = deployment("    metadata:\n      labels:\n        app: orders\n");
		shapes.put("CRLF", plain.replace("\n", "\r\n"));
		shapes.put("byte order mark", "\uFEFF" + plain);
		shapes.put("byte order mark and CRLF", "\uFEFF" + (plain + "---\n" + plain).replace("\n", "\r\n"));
		shapes.put("no final newline", plain.stripTrailing());
		shapes.put("annotations end the file without newline",
				"kind: Pod\nspec:\n  containers:\n  - {name: orders, image: 'node:22'}\nmetadata:\n  annotations:");
		shapes.put("emoji before the place",
				"# 😀 日本 é\n" + plain.replace("kind: Deployment", "kind: Deployment # 👍🏽"));
		shapes.put("directive, empty documents, end markers", "%YAML 1.1\n---\n# c\n---\n" + plain + "...\n---\n");
		shapes.put("many documents", plain + "---\n" + plain + "--- # third\n" + plain);
		shapes.put("Helm", plain.replace("name: orders\nspec", "name: {{ .Release.Name }}-orders\nspec")
			.replace("        app: orders\n", "        {{- include \"labels\" . | nindent 8 }}\n"));
	}

	static String deployment(String templateMetadata) {
		return """
				# what this is
				apiVersion: apps/v1
				kind: Deployment
				metadata:
				  name: orders
				spec:
				  selector:
				    matchLabels: {app: orders}
				  template:
				""" + templateMetadata + SPEC;
	}

	private static String annotations(String rest) {
		return deployment("    metadata:\n      labels: {app: orders}\n      annotations" + rest + "\n");
	}

	private static String pod(String metadata) {
		return "apiVersion: v1\nkind: Pod\n" + metadata
				+ "spec:\n  containers:\n  - name: orders\n    image: eclipse-temurin:21-jre\n";
	}

}
