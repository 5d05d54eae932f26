package dev.whence.helm.cluster;

import java.nio.file.Path;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import dev.whence.helm.chart.Chart;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Helm installs the chart at an API server, its hook first. */
class InstallationTests {

	private final Cluster cluster = new Cluster();

	private final KubernetesClient client = this.cluster.client();

	@AfterEach
	void ends() {
		this.cluster.close();
	}

	@Test
	void migratesAndThenInstallsEverything() {
		Release release = install("external");
		assertThat(release.getStatus()).isEqualTo("deployed");
		assertThat(this.client.batch().v1().jobs().inNamespace(Chart.NAMESPACE).list().getItems()).hasSize(1);
		assertThat(this.client.apps().deployments().inNamespace(Chart.NAMESPACE).list().getItems()).hasSize(6);
		assertThat(this.client.secrets().inNamespace(Chart.NAMESPACE).withName("whence").get().getData())
			.containsKey("bootstrap-key");
	}

	@Test
	void nothingIsInstalledWhereTheMigrationFails() {
		this.cluster.letJobsFail();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> install("external"))
			.withMessageContaining("pre-install");
		assertThat(this.client.apps().deployments().inNamespace(Chart.NAMESPACE).list().getItems())
			.extracting((Deployment deployment) -> deployment.getMetadata().getName())
			.isEmpty();
	}

	private Release install(String values) {
		return new Helm(Chart.folder()).install()
			.withName(Chart.RELEASE)
			.withNamespace(Chart.NAMESPACE)
			.withKubeConfigContents(this.cluster.kubeConfig())
			.disableOpenApiValidation()
			.withTimeout(30)
			.withValuesFile(values(values))
			.call();
	}

	private static Path values(String name) {
		return Path.of("src/test/resources/values/" + name + ".yaml").toAbsolutePath();
	}

}
