package dev.whence.helm.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.whence.helm.chart.Chart;
import dev.whence.helm.chart.Chart.Values;
import dev.whence.helm.chart.Rendered;
import dev.whence.helm.chart.Rendered.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects that name each other find each other. */
class WiringTests {

	@ParameterizedTest
	@MethodSource("dev.whence.helm.chart.Matrix#all")
	void everyNameLeadsSomewhere(Values values) {
		assertThat(looseEnds(Chart.renderWithHooks(values))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					targetPort: otlp-grpc             | targetPort: grpc                   | Service whence-gateway leads to no port: grpc
					serviceAccountName: whence-query  | serviceAccountName: query          | Deployment whence-query has no account: query
					configMapRef: { name: whence-settings } | configMapRef: { name: settings } | has no settings: settings
					kind: Deployment                  | kind: StatefulSet                  | HorizontalPodAutoscaler whence-ingest scales nothing
					""")
	void aLooseEndIsFound(String right, String wrong, String found) {
		String text = Chart.render(Values.of("external")).text();
		assertThat(text).contains(right);
		List<String> ends = looseEnds(Rendered.of(text.replace(right, wrong)));
		assertThat(ends).anyMatch((end) -> end.contains(found));
	}

	@Test
	void aSelectorThatMatchesNoPodIsFound() {
		Rendered rendered = Rendered.of(Chart.render(Values.of("external")).text());
		rendered.one(Service.class, "whence-control")
			.getSpec()
			.getSelector()
			.put("app.kubernetes.io/component", "none");
		assertThat(looseEnds(rendered)).containsExactly("Service whence-control selects no pod");
	}

	@Test
	void outsidersReachTheGatewayAlone() {
		Rendered rendered = Chart.render(Values.of("everything"));
		Service gateway = rendered.one(Service.class, "observe-gateway");
		Map<String, Integer> ports = new HashMap<>();
		gateway.getSpec().getPorts().forEach((port) -> ports.put(port.getName(), port.getPort()));
		Ingress ingress = rendered.one(Ingress.class, "observe");
		assertThat(ingress.getSpec().getRules().getFirst().getHttp().getPaths().getFirst().getBackend().getService())
			.satisfies((backend) -> {
				assertThat(backend.getName()).isEqualTo("observe-gateway");
				assertThat(ports).containsKey(backend.getPort().getName());
			});
		assertThat(rendered.one(HTTPRoute.class, "observe").getSpec().getRules().getFirst().getBackendRefs().getFirst())
			.satisfies((backend) -> {
				assertThat(backend.getName()).isEqualTo("observe-gateway");
				assertThat(backend.getPort()).isEqualTo(ports.get("http"));
			});
		assertThat(rendered.one(GRPCRoute.class, "observe-otlp")
			.getSpec()
			.getRules()
			.getFirst()
			.getBackendRefs()
			.getFirst()).satisfies((backend) -> {
				assertThat(backend.getName()).isEqualTo("observe-gateway");
				assertThat(backend.getPort()).isEqualTo(ports.get("otlp-grpc"));
			});
		assertThat(rendered.all(Service.class)).filteredOn(
				(service) -> !"ClusterIP".equals(Objects.requireNonNullElse(service.getSpec().getType(), "ClusterIP")))
			.containsExactly(gateway);
	}

	@Test
	void nothingHasTwoScalers() {
		Rendered rendered = Chart.render(Values.of("everything"));
		assertThat(rendered.has(HorizontalPodAutoscaler.class, "observe-analysis")).isFalse();
		assertThat(rendered.ofKind("ScaledObject")).hasSize(1);
		assertThat(rendered.has(HorizontalPodAutoscaler.class, "observe-gateway")).isFalse();
		assertThat(rendered.one(Deployment.class, "observe-gateway").getSpec().getReplicas()).isEqualTo(3);
		assertThat(rendered.one(Deployment.class, "observe-ingest").getSpec().getReplicas())
			.as("an upgrade does not undo what the scaler chose")
			.isNull();
	}

	@Test
	void aNodeIsDrainedOnePodAtATime() {
		Rendered rendered = Chart.render(Values.of("external"));
		for (Deployment deployment : rendered.all(Deployment.class)) {
			assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
			PodDisruptionBudget budget = rendered.one(PodDisruptionBudget.class, deployment.getMetadata().getName());
			assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
			assertThat(budget.getSpec().getSelector().getMatchLabels())
				.isEqualTo(deployment.getSpec().getSelector().getMatchLabels());
		}
	}

	private static List<String> looseEnds(Rendered rendered) {
		List<String> ends = new ArrayList<>();
		List<Workload> workloads = rendered.workloads();
		for (Workload workload : workloads) {
			if (!workload.pod().getMetadata().getLabels().entrySet().containsAll(workload.selector().entrySet())) {
				ends.add(workload + " does not select its own pods");
			}
			String account = workload.pod().getSpec().getServiceAccountName();
			if (account != null && !rendered.has(ServiceAccount.class, account)) {
				ends.add(workload + " has no account: " + account);
			}
			workload.pod()
				.getSpec()
				.getContainers()
				.stream()
				.flatMap((container) -> container.getEnvFrom().stream())
				.map((source) -> source.getConfigMapRef().getName())
				.filter((name) -> !rendered.has(ConfigMap.class, name))
				.forEach((name) -> ends.add(workload + " has no settings: " + name));
		}
		for (Service service : rendered.all(Service.class)) {
			List<ContainerPort> ports = workloads.stream()
				.filter((workload) -> workload.pod()
					.getMetadata()
					.getLabels()
					.entrySet()
					.containsAll(service.getSpec().getSelector().entrySet()))
				.flatMap((workload) -> workload.pod().getSpec().getContainers().stream())
				.map(Container::getPorts)
				.flatMap(List::stream)
				.toList();
			if (ports.isEmpty()) {
				ends.add("Service " + service.getMetadata().getName() + " selects no pod");
				continue;
			}
			for (ServicePort port : service.getSpec().getPorts()) {
				String target = port.getTargetPort().getStrVal();
				if (ports.stream().noneMatch((one) -> one.getName().equals(target))) {
					ends.add("Service " + service.getMetadata().getName() + " leads to no port: " + target);
				}
			}
		}
		for (HorizontalPodAutoscaler scaler : rendered.all(HorizontalPodAutoscaler.class)) {
			if (!rendered.has(Deployment.class, scaler.getSpec().getScaleTargetRef().getName())) {
				ends.add("HorizontalPodAutoscaler " + scaler.getMetadata().getName() + " scales nothing");
			}
		}
		return ends;
	}

}
