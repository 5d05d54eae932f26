package dev.whence.helm.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.whence.helm.chart.Chart;
import dev.whence.helm.chart.Chart.Values;
import dev.whence.helm.chart.Rendered;
import dev.whence.model.AnalysisRequested;
import dev.whence.model.BuildChanged;
import dev.whence.model.IncidentChanged;
import dev.whence.model.MinutesTouched;
import dev.whence.model.SignalsIngested;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people are told to type names objects, keys, ports, paths and values that exist.
 */
class DocumentTests {

	private static final Pattern OBJECT = Pattern.compile("\\b(deployment|service|secret|job)[ /](whence[a-z-]*)");

	private static final Pattern FORWARD = Pattern.compile("\\b(\\d{4}):(\\d{4})\\b");

	private static final Pattern CALL = Pattern.compile("curl [^\\n]*?http://localhost:(\\d+)(/[a-z/]+)");

	private static final Pattern VALUE = Pattern.compile(
			"(?:--set |`)((?:image|database|migrations|kafka|redis|secrets|certificates|settings|telemetry|defaults|"
					+ "services|service|ingress|gatewayApi|networkPolicy|monitoring|demo)\\.[A-Za-z.]+)");

	@ParameterizedTest
	@ValueSource(strings = { "NOTES", "helm/README.md", "docs/kubernetes.md" })
	void everyObjectIsThere(String document) throws IOException {
		assertThat(missingObjects(text(document))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOTES", "helm/README.md" })
	void everyPortIsForwardedToOneOfTheGatewaysService(String document) throws IOException {
		Service gateway = Chart.renderWithHooks(Values.demo()).one(Service.class, "whence-gateway");
		Matcher matcher = FORWARD.matcher(text(document).replaceAll("\\d{4}-\\S+", ""));
		List<Integer> forwarded = new ArrayList<>();
		while (matcher.find()) {
			assertThat(matcher.group(1)).isEqualTo(matcher.group(2));
			forwarded.add(Integer.valueOf(matcher.group(2)));
		}
		assertThat(forwarded).contains(8080)
			.isSubsetOf(gateway.getSpec().getPorts().stream().map((port) -> port.getPort()).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOTES", "helm/README.md" })
	void bothCallsGoToPathsThatTheGatewayRoutes(String document) throws IOException {
		String routes = ServiceClasses.text("dev/whence/gateway/route/RouteConfiguration.class");
		Matcher matcher = CALL.matcher(text(document));
		List<String> paths = new ArrayList<>();
		while (matcher.find()) {
			assertThat(matcher.group(1)).isEqualTo("8080");
			paths.add(matcher.group(2));
		}
		assertThat(paths).containsExactly("/ingest/logs", "/query/incidents");
		assertThat(paths).allMatch((path) -> routes.contains(path.replaceFirst("^(/[a-z]+)/.*", "$1") + "/**"));
	}

	@Test
	void theKeyIsReadFromTheSecretThatHasIt() throws IOException {
		Secret secret = Chart.renderWithHooks(Values.demo()).one(Secret.class, "whence");
		for (String document : List.of("NOTES", "helm/README.md", "docs/kubernetes.md")) {
			assertThat(text(document)).contains("jsonpath='{.data.bootstrap-key}'");
		}
		assertThat(secret.getData()).containsKey("bootstrap-key");
		assertThat(Chart.notes(Values.of("roles"))).contains("get secret whence-keys");
	}

	@ParameterizedTest
	@ValueSource(strings = { "helm/README.md", "docs/kubernetes.md" })
	void everyValueThatIsNamedExists(String document) throws IOException {
		Set<String> known = new TreeSet<>();
		flatten("", new Load(LoadSettings.builder().build())
			.loadFromString(Files.readString(Chart.folder().resolve("values.yaml"))), known);
		Matcher matcher = VALUE.matcher(text(document));
		while (matcher.find()) {
			String value = matcher.group(1);
			// What a service leaves out it has from the defaults.
			String general = value.replaceFirst("^services\\.[a-z]+\\.", "defaults.");
			assertThat(known.contains(value) || known.contains(general)).as(value).isTrue();
		}
	}

	@Test
	void everyTopicIsListedWithItsWriters() throws IOException {
		String document = text("docs/kubernetes.md");
		Set<String> listed = new TreeSet<>();
		Matcher matcher = Pattern.compile("(?m)^\\| `([a-z.]+\\.v\\d+)`").matcher(document);
		while (matcher.find()) {
			listed.add(matcher.group(1));
		}
		assertThat(listed).containsExactlyInAnyOrder(SignalsIngested.TOPIC, MinutesTouched.TOPIC,
				AnalysisRequested.TOPIC, IncidentChanged.TOPIC, BuildChanged.TOPIC);
		String codec = ServiceClasses.text("dev/whence/support/wire/EventCodec.class");
		assertThat(listed).allMatch(codec::contains);
		String groups = ServiceClasses.everything();
		matcher = Pattern.compile("`(analysis\\.[a-z]+)`").matcher(document);
		while (matcher.find()) {
			assertThat(groups).contains(matcher.group(1));
		}
	}

	@Test
	void theTableOfPortsIsTheServicesOwn() throws IOException {
		Map<String, String> rows = new TreeMap<>();
		Matcher matcher = Pattern.compile("(?m)^\\| `(whence-[a-z]+)` \\| (.*) \\|$").matcher(text("helm/README.md"));
		while (matcher.find()) {
			rows.put(matcher.group(1), matcher.group(2));
		}
		List<Service> services = Chart.render(Values.of("external")).all(Service.class);
		assertThat(rows.keySet())
			.containsExactlyInAnyOrderElementsOf(services.stream().map((one) -> one.getMetadata().getName()).toList());
		for (Service service : services) {
			assertThat(service.getSpec().getPorts()).allSatisfy(
					(port) -> assertThat(rows.get(service.getMetadata().getName())).contains("" + port.getPort()));
		}
	}

	@Test
	void whatIsTypedOfNothingIsFound() {
		assertThat(missingObjects("kubectl get secret whence-key; kubectl rollout status deployment/whence-ingest"))
			.containsExactly("secret whence-key");
	}

	private static List<String> missingObjects(String text) {
		Rendered demo = Chart.renderWithHooks(Values.demo());
		Rendered external = Chart.renderWithHooks(Values.of("external"));
		List<String> missing = new ArrayList<>();
		Matcher matcher = OBJECT.matcher(text);
		while (matcher.find()) {
			Class<? extends HasMetadata> kind = switch (matcher.group(1)) {
				case "deployment" -> Deployment.class;
				case "service" -> Service.class;
				case "secret" -> Secret.class;
				default -> Job.class;
			};
			String name = matcher.group(2);
			if (Stream.of(demo, external).noneMatch((rendered) -> rendered.has(kind, name))) {
				missing.add(matcher.group(1) + " " + name);
			}
		}
		return missing;
	}

	private static String text(String document) throws IOException {
		if (document.equals("NOTES")) {
			return Chart.notes(Values.demo());
		}
		Path file = Chart.root().resolve(document);
		return Files.readString(file);
	}

	private static void flatten(String path, Object value, Set<String> known) {
		if (!path.isEmpty()) {
			known.add(path);
		}
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, one) -> flatten(path.isEmpty() ? key.toString() : path + "." + key, one, known));
		}
	}

}
