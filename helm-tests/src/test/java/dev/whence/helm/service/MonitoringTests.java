package dev.whence.helm.service;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.helm.chart.Chart;
import dev.whence.helm.chart.Chart.Values;
import dev.whence.helm.chart.Rendered;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard and the alerts ask for metrics that exist. What the processes print is
 * compared in the end-to-end tests; here are those of Whence, which are constants of its
 * classes.
 */
class MonitoringTests {

	private static final Pattern METRIC = Pattern.compile("\\bwhence_[a-z_]+");

	private static final Pattern LABEL = Pattern.compile("application=\"([a-z]+)\"");

	@ParameterizedTest
	@MethodSource("metrics")
	void theServicesCountIt(String metric) {
		assertThat(isCounted(metric)).as(metric).isTrue();
	}

	@Test
	void aMetricThatNobodyCountsIsFound() {
		assertThat(isCounted("whence_outbox_age_seconds")).isTrue();
		assertThat(isCounted("whence_outbox_lag_seconds")).isFalse();
		assertThat(isCounted("whence_wire_dead_letters_total")).isFalse();
	}

	@Test
	void theNamesOfServicesAreTheOnesThatTheChartGivesThem() throws IOException {
		Matcher matcher = LABEL.matcher(files());
		Rendered rendered = Chart.render(Values.of("external"));
		Set<String> named = new TreeSet<>();
		while (matcher.find()) {
			named.add(matcher.group(1));
		}
		assertThat(named).isNotEmpty()
			.isSubsetOf(Part.all()
				.stream()
				.map((part) -> part.variables(rendered).get("MANAGEMENT_METRICS_TAGS_APPLICATION"))
				.toList());
	}

	@Test
	void theDashboardIsOneThatGrafanaReads() throws IOException {
		ConfigMap map = Chart.render(Values.of("external")).one(ConfigMap.class, "whence-dashboard");
		assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
		JsonNode dashboard = new ObjectMapper().readTree(map.getData().get("whence.json"));
		assertThat(dashboard.path("title").asString()).isEqualTo("Whence");
		assertThat(dashboard.path("panels")).hasSizeGreaterThan(10).allSatisfy((panel) -> {
			assertThat(panel.path("targets")).isNotEmpty();
			assertThat(panel.path("gridPos").path("w").asInt()).isPositive();
		});
	}

	@Test
	void theRuleOfTheOperatorIsTheFileOfAlerts() throws IOException {
		GenericKubernetesResource rule = (GenericKubernetesResource) Chart.render(Values.of("everything"))
			.ofKind("PrometheusRule")
			.getFirst();
		Object file = new Load(LoadSettings.builder().build())
			.loadFromString(Files.readString(Chart.folder().resolve("files/alerts.yaml")));
		assertThat(new ObjectMapper().<JsonNode>valueToTree(rule.getAdditionalProperties().get("spec")))
			.isEqualTo(new ObjectMapper().valueToTree(file));
	}

	static Set<String> metrics() throws IOException {
		Set<String> metrics = new TreeSet<>();
		Matcher matcher = METRIC.matcher(files());
		while (matcher.find()) {
			metrics.add(matcher.group());
		}
		return metrics;
	}

	private static String files() throws IOException {
		return Files.readString(Chart.folder().resolve("files/alerts.yaml"))
				+ Files.readString(Chart.folder().resolve("files/dashboard.json"))
				+ Files.readString(Chart.folder().resolve("templates/autoscaling.yaml"));
	}

	/** Prometheus adds the unit and what is counted to the name. */
	private static boolean isCounted(String metric) {
		String classes = ServiceClasses.everything();
		return Set.of("_total", "_seconds_count", "_seconds_sum", "_seconds", "")
			.stream()
			.filter(metric::endsWith)
			.map((suffix) -> metric.substring(0, metric.length() - suffix.length()).replace('_', '.'))
			.anyMatch((name) -> hasConstant(classes, name));
	}

	// In a class file a text follows its length.
	private static boolean hasConstant(String classes, String name) {
		return classes.contains("\u0001" + (char) (name.length() >> 8) + (char) (name.length() & 0xff) + name);
	}

}
