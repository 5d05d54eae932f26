package dev.whence.helm.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.whence.helm.chart.Chart;
import dev.whence.helm.chart.Chart.Values;
import dev.whence.helm.chart.Rendered;
import dev.whence.helm.chart.Rendered.Workload;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which pods of a release may reach which, decided as a network plugin does: both ends
 * have to allow it.
 */
class NetworkPolicyTests {

	private static final String COMPONENT = "app.kubernetes.io/component";

	@Test
	void onlyTheFlowsThatExistAreAllowed() {
		assertThat(flows(Chart.render(Values.demo()))).containsExactlyInAnyOrder(
				// requests
				"gateway -> ingest:8081", "gateway -> query:8082", "gateway -> analysis:8083",
				"gateway -> instrumenter:8084", "gateway -> control:8085",
				// the database
				"ingest -> demo-postgresql:5432", "query -> demo-postgresql:5432", "analysis -> demo-postgresql:5432",
				"instrumenter -> demo-postgresql:5432", "control -> demo-postgresql:5432",
				// the wire
				"ingest -> demo-kafka:9092", "analysis -> demo-kafka:9092", "control -> demo-kafka:9092",
				// what saves work
				"gateway -> demo-redis:6379", "analysis -> demo-redis:6379");
	}

	@Test
	void servicesReachTheGatewayOnlyForTheirOwnSpans() {
		Set<String> flows = flows(Chart
			.render(Values.demo().with("telemetry.enabled", "true").with("telemetry.existingSecret", "telemetry")));
		assertThat(flows).contains("query -> gateway:4318", "gateway -> gateway:4318")
			.noneMatch((flow) -> flow.endsWith("gateway:8080"));
	}

	@Test
	void aPodOfNoPartReachesNothing() {
		Rendered rendered = Chart.render(Values.demo());
		NetworkPolicy rest = rendered.one(NetworkPolicy.class, "whence-default");
		assertThat(rest.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
		assertThat(rest.getSpec().getIngress()).isEmpty();
		assertThat(rest.getSpec().getEgress()).hasSize(1)
			.first()
			.satisfies((rule) -> assertThat(rule.getPorts()).extracting((port) -> port.getPort().getIntVal())
				.containsOnly(53));
		for (Workload workload : rendered.workloads()) {
			assertThat(workload.pod().getMetadata().getLabels().entrySet())
				.containsAll(rest.getSpec().getPodSelector().getMatchLabels().entrySet());
		}
	}

	@Test
	void theCloudsMetadataIsOutOfReach() {
		Rendered rendered = Chart.render(Values.of("external"));
		List<NetworkPolicyPeer> outside = rendered.all(NetworkPolicy.class)
			.stream()
			.flatMap((policy) -> policy.getSpec().getEgress().stream())
			.flatMap((rule) -> rule.getTo().stream())
			.filter((peer) -> peer.getIpBlock() != null)
			.toList();
		assertThat(outside).as("analysis and control")
			.hasSize(2)
			.allSatisfy((peer) -> assertThat(peer.getIpBlock().getExcept()).contains("169.254.0.0/16", "10.0.0.0/8"));
	}

	@Test
	void metricsAreReadFromTheNamespaceThatMayAndFromNoOther() {
		Rendered rendered = Chart.render(Values.of("external"));
		NetworkPolicy query = rendered.one(NetworkPolicy.class, "whence-query");
		assertThat(query.getSpec().getIngress().stream().flatMap((rule) -> rule.getFrom().stream()))
			.extracting(NetworkPolicyPeer::getNamespaceSelector)
			.filteredOn((selector) -> selector != null)
			.extracting(LabelSelector::getMatchLabels)
			.containsExactly(Map.of("kubernetes.io/metadata.name", "monitoring"));
	}

	@Test
	void aRuleTooManyIsFound() {
		Rendered rendered = Rendered.of(Chart.render(Values.demo()).text());
		rendered.one(NetworkPolicy.class, "whence-query")
			.getSpec()
			.getIngress()
			.getFirst()
			.getFrom()
			.getFirst()
			.getPodSelector()
			.getMatchLabels()
			.remove(COMPONENT);
		rendered.one(NetworkPolicy.class, "whence-instrumenter").getSpec().getEgress().getFirst().setTo(List.of());
		rendered.one(NetworkPolicy.class, "whence-instrumenter").getSpec().getEgress().getFirst().setPorts(List.of());
		assertThat(flows(rendered)).contains("instrumenter -> query:8082");
	}

	private static Set<String> flows(Rendered rendered) {
		Set<String> flows = new TreeSet<>();
		List<NetworkPolicy> policies = rendered.all(NetworkPolicy.class);
		for (Workload from : rendered.workloads()) {
			for (Workload to : rendered.workloads()) {
				for (ContainerPort port : to.pod().getSpec().getContainers().getFirst().getPorts()) {
					if (leaves(policies, from, to, port) && enters(policies, from, to, port)) {
						flows.add(component(from) + " -> " + component(to) + ":" + port.getContainerPort());
					}
				}
			}
		}
		return flows;
	}

	private static boolean leaves(List<NetworkPolicy> policies, Workload from, Workload to, ContainerPort port) {
		return of(policies, from, "Egress").stream()
			.flatMap((policy) -> policy.getSpec().getEgress().stream())
			.anyMatch((rule) -> ports(rule.getPorts(), port) && peers(rule.getTo(), to));
	}

	private static boolean enters(List<NetworkPolicy> policies, Workload from, Workload to, ContainerPort port) {
		return of(policies, to, "Ingress").stream()
			.flatMap((policy) -> policy.getSpec().getIngress().stream())
			.anyMatch((rule) -> ports(rule.getPorts(), port) && peers(rule.getFrom(), from)
			// Who is let in from everywhere is a door, not a flow of this release.
					&& !rule.getFrom().isEmpty()
					|| component(to).equals("gateway") && port.getContainerPort() == 4318
							&& ports(rule.getPorts(), port));
	}

	private static List<NetworkPolicy> of(List<NetworkPolicy> policies, Workload workload, String direction) {
		List<NetworkPolicy> chosen = new ArrayList<>();
		for (NetworkPolicy policy : policies) {
			if (policy.getSpec().getPolicyTypes().contains(direction)
					&& selects(policy.getSpec().getPodSelector(), workload)) {
				chosen.add(policy);
			}
		}
		return chosen;
	}

	private static boolean ports(List<NetworkPolicyPort> ports, ContainerPort port) {
		return ports.isEmpty() || ports.stream().anyMatch((one) -> {
			IntOrString number = one.getPort();
			return (number.getStrVal() != null) ? number.getStrVal().equals(port.getName())
					: number.getIntVal().equals(port.getContainerPort());
		});
	}

	private static boolean peers(List<NetworkPolicyPeer> peers, Workload workload) {
		return peers.isEmpty() || peers.stream()
			.anyMatch((peer) -> peer.getPodSelector() != null && peer.getNamespaceSelector() == null
					&& selects(peer.getPodSelector(), workload));
	}

	private static boolean selects(LabelSelector selector, Workload workload) {
		Map<String, String> labels = workload.pod().getMetadata().getLabels();
		return (selector.getMatchLabels() == null
				|| labels.entrySet().containsAll(selector.getMatchLabels().entrySet()))
				&& selector.getMatchExpressions()
					.stream()
					.allMatch((expression) -> expression.getOperator().equals("In")
							&& expression.getValues().contains(labels.get(expression.getKey())));
	}

	private static String component(Workload workload) {
		return workload.pod().getMetadata().getLabels().get(COMPONENT);
	}

}
