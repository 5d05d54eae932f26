package dev.whence.helm.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.whence.helm.chart.Rendered.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;

/**
 * The restricted Pod Security Standard of Kubernetes, and what Whence promises of its
 * pods beyond it.
 */
final class PodPolicy {

	private final Workload workload;

	private final PodSpec pod;

	private final List<String> violations = new ArrayList<>();

	private PodPolicy(Workload workload) {
		this.workload = workload;
		this.pod = workload.pod().getSpec();
	}

	/** One sentence for each violation. */
	static List<String> violations(Workload workload) {
		PodPolicy policy = new PodPolicy(workload);
		policy.checkStandard();
		policy.checkPromises();
		return policy.violations;
	}

	private void checkStandard() {
		PodSecurityContext context = Objects.requireNonNullElseGet(this.pod.getSecurityContext(),
				PodSecurityContext::new);
		require(Boolean.TRUE.equals(context.getRunAsNonRoot()), "may run as root");
		require(context.getRunAsUser() != null && context.getRunAsUser() > 0, "has no numeric user");
		require(context.getSeccompProfile() != null && "RuntimeDefault".equals(context.getSeccompProfile().getType()),
				"has no seccomp profile");
		require(!Boolean.TRUE.equals(this.pod.getHostNetwork()) && !Boolean.TRUE.equals(this.pod.getHostPID())
				&& !Boolean.TRUE.equals(this.pod.getHostIPC()), "shares a namespace of its node");
		for (Volume volume : this.pod.getVolumes()) {
			require(volume.getEmptyDir() != null || volume.getProjected() != null || volume.getSecret() != null
					|| volume.getConfigMap() != null || volume.getPersistentVolumeClaim() != null,
					"mounts a volume of a kind that the standard refuses: " + volume.getName());
		}
		containers().forEach((container) -> {
			SecurityContext own = Objects.requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
			require(Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()), "may raise its privileges");
			require(!Boolean.TRUE.equals(own.getPrivileged()), "is privileged");
			require(own.getCapabilities() != null && own.getCapabilities().getDrop().contains("ALL")
					&& own.getCapabilities().getAdd().isEmpty(), "keeps capabilities");
			require(container.getPorts().stream().allMatch((port) -> port.getHostPort() == null),
					"takes a port of its node");
		});
	}

	private void checkPromises() {
		boolean demo = this.workload.isDemo();
		require(Boolean.FALSE.equals(this.pod.getAutomountServiceAccountToken()), "gets a token of Kubernetes");
		require(Boolean.FALSE.equals(this.pod.getEnableServiceLinks()), "takes services of others for settings");
		require(demo || this.pod.getSecurityContext().getRunAsUser() >= 10_000, "has a user of its node");
		containers().forEach((container) -> {
			require(demo || Boolean.TRUE.equals(container.getSecurityContext().getReadOnlyRootFilesystem()),
					"may write where its program lies");
			Quantity memory = container.getResources().getLimits().get("memory");
			require(memory != null, "has no limit on memory");
			require(Objects.equals(memory, container.getResources().getRequests().get("memory")),
					"is promised less memory than it may use");
			require(container.getResources().getRequests().get("cpu") != null, "asks for no processor");
			for (EnvVar variable : container.getEnv()) {
				require(variable.getValue() == null
						|| !variable.getName().matches(".*(PASSWORD|TOKEN|SECRET|_KEY|DATABASE_URL).*"),
						"has a secret in its definition: " + variable.getName());
			}
		});
		if (this.workload.owner().getKind().equals("Deployment")) {
			this.pod.getContainers().forEach((container) -> {
				requireProbe(container.getStartupProbe(), "startup", "/health", 0, 2, 2, 60);
				requireProbe(container.getLivenessProbe(), "liveness", "/health", 15, 20, 5, 3);
				requireProbe(container.getReadinessProbe(), "readiness", "/readiness", 20, 20, 5, 3);
				require(container.getLifecycle() != null && container.getLifecycle().getPreStop() != null
						&& container.getLifecycle().getPreStop().getSleep() != null,
						"stops before others have forgotten it");
			});
			require(this.pod.getTopologySpreadConstraints().size() == 2, "is not spread over zones and nodes");
		}
	}

	// Contract: initial delay, period, timeout, failures.
	private void requireProbe(Probe probe, String name, String path, int delay, int period, int timeout, int failures) {
		require(probe != null && probe.getHttpGet() != null && probe.getHttpGet().getPath().equals(path)
				&& Objects.requireNonNullElse(probe.getInitialDelaySeconds(), 0) == delay
				&& probe.getPeriodSeconds() == period && probe.getTimeoutSeconds() == timeout
				&& probe.getFailureThreshold() == failures, "has another " + name + " probe than promised");
	}

	private Stream<Container> containers() {
		return Stream.concat(this.pod.getInitContainers().stream(), this.pod.getContainers().stream());
	}

	private void require(boolean condition, String violation) {
		if (!condition) {
			this.violations.add(this.workload + " " + violation);
		}
	}

}
