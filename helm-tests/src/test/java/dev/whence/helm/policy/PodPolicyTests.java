package dev.whence.helm.policy;

import java.util.List;

import dev.whence.helm.chart.Chart;
import dev.whence.helm.chart.Chart.Values;
import dev.whence.helm.chart.Rendered;
import dev.whence.helm.chart.Rendered.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class PodPolicyTests {

	@ParameterizedTest
	@MethodSource("dev.whence.helm.chart.Matrix#all")
	void everyPodIsRestricted(Values values) {
		List<Workload> workloads = Chart.renderWithHooks(values).workloads();
		assertThat(workloads).hasSizeGreaterThanOrEqualTo(6);
		assertThat(workloads.stream().flatMap((workload) -> PodPolicy.violations(workload).stream())).isEmpty();
	}

	/** Each rule of the policy finds what breaks it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					runAsNonRoot: true                | runAsNonRoot: false               | may run as root
					runAsUser: 10001                  | runAsUser: 0                      | has no numeric user
					runAsUser: 10001                  | runAsUser: 1000                   | has a user of its node
					type: RuntimeDefault              | type: Unconfined                  | has no seccomp profile
					enableServiceLinks: false         | enableServiceLinks: true          | takes services of others for settings
					enableServiceLinks: false         | {enableServiceLinks: false, hostNetwork: true} | shares a namespace of its node
					allowPrivilegeEscalation: false   | allowPrivilegeEscalation: true    | may raise its privileges
					allowPrivilegeEscalation: false   | privileged: true                  | is privileged
					drop: [ALL]                       | drop: [NET_RAW]                   | keeps capabilities
					drop: [ALL]                       | {drop: [ALL], add: [SYS_TIME]}    | keeps capabilities
					emptyDir: { sizeLimit: 256Mi }    | hostPath: { path: /tmp }          | mounts a volume of a kind that the standard refuses: tmp
					readOnlyRootFilesystem: true      | readOnlyRootFilesystem: false     | may write where its program lies
					automountServiceAccountToken: false | automountServiceAccountToken: true | gets a token of Kubernetes
					containerPort: 8081 }             | containerPort: 8081, hostPort: 80 } | takes a port of its node
					cpu: 250m                         | ephemeral-storage: 1Gi            | asks for no processor
					path: /readiness                  | path: /ready                      | has another readiness probe than promised
					failureThreshold: 60              | failureThreshold: 5               | has another startup probe than promised
					initialDelaySeconds: 15           | initialDelaySeconds: 5            | has another liveness probe than promised
					preStop:                          | postStart:                        | stops before others have forgotten it
					name: LOG_FORMAT                  | name: DATABASE_PASSWORD           | has a secret in its definition: DATABASE_PASSWORD
					""")
	void whatBreaksARuleIsFound(String right, String wrong, String violation) {
		String text = Chart.renderWithHooks(Values.of("external")).text();
		assertThat(text).contains(right);
		String replacement = wrong.startsWith("{") ? wrong.substring(1, wrong.length() - 1)
			.replace(", host", "\n      host")
			.replace(", add", "\n              add") : wrong;
		List<String> found = Rendered.of(text.replace(right, replacement))
			.workloads()
			.stream()
			.flatMap((workload) -> PodPolicy.violations(workload).stream())
			.toList();
		assertThat(found).anyMatch((sentence) -> sentence.endsWith(violation));
	}

}
