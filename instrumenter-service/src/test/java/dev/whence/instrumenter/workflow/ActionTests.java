package dev.whence.instrumenter.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.whence.instrumenter.WithoutDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The GitHub Action as a runner starts it, against a running service, on a folder of
 * manifests.
 */
@WithoutDatabase
class ActionTests {

	private static final String DEPLOYMENT = """
			# the shop
			apiVersion: apps/v1
			kind: Deployment
			metadata: {name: cart}
			spec:
			  template:
			    metadata:
			      labels: {app: cart}
			    spec:
			      containers:
			        - name: cart
			          image: "registry.example.com/shop/cart:1.0"   # ours
			""";

	private static final String SECRET = "---\napiVersion: v1\nkind: Secret\nstringData: {password: hunter2}\n";

	@LocalServerPort
	private int port;

	@TempDir
	private Path workspace;

	@BeforeEach
	void needsNode() throws Exception {
		boolean node = false;
		try {
			node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start().waitFor() == 0;
		}
		catch (IOException ex) {
			// Not there.
		}
		assumeTrue(node, "node is not installed: the GitHub Action is not tried");
	}

	@Test
	void sourceTellsTheLanguageAndTheFileChangesByAdditionsOnly() throws Exception {
		Path manifest = file("k8s/cart.yaml", DEPLOYMENT + SECRET);
		Path service = file("k8s/service.yaml", "kind: Service\n");
		file("src/cart/Dockerfile", "FROM mcr.microsoft.com/dotnet/aspnet:8.0\n");
		file("src/cart/cart.csproj", "<Project/>");
		assertThat(action(Map.of())).isZero();
		assertThat(Files.readString(manifest)).isEqualTo(DEPLOYMENT.replace("      labels",
				"      annotations:\n        instrumentation.opentelemetry.io/inject-dotnet: 'true'\n"
						+ "        instrumentation.opentelemetry.io/whence: 'v1 +inject-dotnet'\n      labels")
				+ SECRET);
		assertThat(Files.readString(service)).isEqualTo("kind: Service\n");
		assertThat(Files.readString(this.workspace.resolve(".output"))).contains("changed-files")
			.contains("k8s/cart.yaml");
		assertThat(Files.readString(this.workspace.resolve(".summary"))).contains("+        instrumentation")
			.doesNotContain("hunter2");
		assertThat(action(Map.of("INPUT_MODE", "check"))).isZero();
		assertThat(action(Map.of("INPUT_INSTRUMENT", "remove"))).isZero();
		assertThat(Files.readString(manifest)).isEqualTo(DEPLOYMENT + SECRET);
	}

	@Test
	void unknownLanguageFailsWhereThatIsAskedFor() throws Exception {
		file("cart.yaml", DEPLOYMENT);
		assertThat(action(Map.of())).isZero();
		assertThat(action(Map.of("INPUT_FAIL-ON", "unknown"))).isEqualTo(1);
		file("broken.yaml", "kind: Pod\na: [\n");
		assertThat(action(Map.of())).isEqualTo(1);
	}

	private Path file(String name, String text) throws IOException {
		Path file = this.workspace.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

	private int action(Map<String, String> inputs) throws Exception {
		Path here = Path.of("").toAbsolutePath();
		Path root = Files.exists(here.resolve("action.yml")) ? here : here.getParent();
		ProcessBuilder builder = new ProcessBuilder("node", root.resolve("action/src/main.js").toString());
		Map<String, String> environment = builder.environment();
		environment.put("INPUT_HOST", "http://127.0.0.1:" + this.port);
		environment.put("GITHUB_WORKSPACE", this.workspace.toString());
		environment.put("GITHUB_REPOSITORY", "octo/repo");
		environment.put("GITHUB_OUTPUT", this.workspace.resolve(".output").toString());
		environment.put("GITHUB_STEP_SUMMARY", this.workspace.resolve(".summary").toString());
		environment.put("RUNNER_TEMP", this.workspace.toString());
		environment.putAll(inputs);
		Process process = builder.redirectErrorStream(true)
			.redirectOutput(this.workspace.resolve(".log").toFile())
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

}
