package dev.whence.helm.cluster;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;

import dev.whence.helm.chart.Chart;
import io.fabric8.kubernetes.api.model.APIGroupBuilder;
import io.fabric8.kubernetes.api.model.APIGroupListBuilder;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.APIVersionsBuilder;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;

/**
 * An API server that keeps objects and knows which kinds there are, and nothing of a
 * cluster: no pod ever runs. The one thing that moves is a Job, which is complete, or
 * failed, as soon as it is there.
 */
final class Cluster implements AutoCloseable {

	private static final Map<String, List<APIResource>> KINDS = new LinkedHashMap<>();

	static {
		KINDS.put("v1", List.of(kind("secrets", "Secret"), kind("configmaps", "ConfigMap"), kind("services", "Service"),
				kind("serviceaccounts", "ServiceAccount")));
		KINDS.put("apps/v1", List.of(kind("deployments", "Deployment"), kind("statefulsets", "StatefulSet")));
		KINDS.put("batch/v1", List.of(kind("jobs", "Job")));
		KINDS.put("autoscaling/v2", List.of(kind("horizontalpodautoscalers", "HorizontalPodAutoscaler")));
		KINDS.put("policy/v1", List.of(kind("poddisruptionbudgets", "PodDisruptionBudget")));
		KINDS.put("networking.k8s.io/v1",
				List.of(kind("networkpolicies", "NetworkPolicy"), kind("ingresses", "Ingress")));
	}

	private final KubernetesMockServer server;

	private final KubernetesClient client;

	private volatile boolean jobsFail;

	Cluster() {
		Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
		this.server = new KubernetesMockServer(new Context(), new MockWebServer(), answers,
				new KubernetesMixedDispatcher(answers), false);
		this.server.init();
		describe();
		this.client = this.server.createClient();
		this.client.batch().v1().jobs().inNamespace(Chart.NAMESPACE).watch(new Watcher<>() {

			@Override
			public void eventReceived(Action action, Job job) {
				if (action == Action.ADDED) {
					finish(job);
				}
			}

			@Override
			public void onClose(WatcherException cause) {
			}

		});
	}

	String kubeConfig() {
		return """
				apiVersion: v1
				kind: Config
				clusters: [{name: test, cluster: {server: "%s"}}]
				contexts: [{name: test, context: {cluster: test, user: test}}]
				users: [{name: test, user: {}}]
				current-context: test
				""".formatted(this.server.url("/").replaceFirst("/$", ""));
	}

	KubernetesClient client() {
		return this.client;
	}

	/** From now on. */
	void letJobsFail() {
		this.jobsFail = true;
	}

	@Override
	public void close() {
		this.client.close();
		this.server.destroy();
	}

	private void finish(Job job) {
		Job finished = new JobBuilder(job).withNewStatus()
			.addNewCondition()
			.withType(this.jobsFail ? "Failed" : "Complete")
			.withStatus("True")
			.endCondition()
			.endStatus()
			.build();
		this.client.resource(finished).updateStatus();
	}

	private void describe() {
		answer("/version", Map.of("major", "1", "minor", "34", "gitVersion", "v" + Chart.KUBERNETES));
		// Nothing of the fields: the models look at those.
		answer("/openapi/v3", Map.of("paths", Map.of()));
		answer("/openapi/v2", "");
		answer("/api", new APIVersionsBuilder().withVersions("v1").build());
		var groups = new APIGroupListBuilder();
		KINDS.forEach((version, kinds) -> {
			boolean core = version.equals("v1");
			answer((core ? "/api/" : "/apis/") + version,
					new APIResourceListBuilder().withGroupVersion(version).withResources(kinds).build());
			if (!core) {
				String[] parts = version.split("/");
				GroupVersionForDiscovery only = new GroupVersionForDiscovery(version, parts[1]);
				groups.addToGroups(
						new APIGroupBuilder().withName(parts[0]).withVersions(only).withPreferredVersion(only).build());
			}
		});
		answer("/apis", groups.build());
	}

	private void answer(String path, Object body) {
		for (String suffix : List.of("", "?timeout=32s")) {
			this.server.expect().get().withPath(path + suffix).andReturn(200, body).always();
		}
	}

	private static APIResource kind(String plural, String kind) {
		return new APIResourceBuilder().withName(plural)
			.withSingularName(kind.toLowerCase(Locale.ROOT))
			.withKind(kind)
			.withNamespaced(true)
			.withVerbs("get", "list", "watch", "create", "update", "patch", "delete")
			.build();
	}

}
