package dev.whence.helm.chart;

/** Tells a client of Kubernetes where the API server is. */
final class KubeConfig {

	private KubeConfig() {
	}

	static String of(String url) {
		return """
				apiVersion: v1
				kind: Config
				clusters: [{name: test, cluster: {server: "%s"}}]
				contexts: [{name: test, context: {cluster: test, user: test}}]
				users: [{name: test, user: {}}]
				current-context: test
				""".formatted(url);
	}

}
