package dev.whence.helm.model;

import java.util.List;
import java.util.stream.Stream;

import dev.whence.helm.chart.Chart;
import dev.whence.helm.chart.Chart.Values;
import dev.whence.helm.chart.Rendered;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Kubernetes understands every field of every object. */
class ModelTests {

	@ParameterizedTest
	@MethodSource("dev.whence.helm.chart.Matrix#all")
	void noFieldIsLeftOver(Values values) {
		Rendered rendered = Chart.renderWithHooks(values);
		assertThat(rendered.objects()).hasSizeGreaterThan(20);
		assertThat(rendered.objects().stream().flatMap(ModelTests::unknownFields)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("dev.whence.helm.chart.Matrix#all")
	void noObjectIsThereTwice(Values values) {
		assertThat(Chart.renderWithHooks(values)
			.objects()
			.stream()
			.map((object) -> object.getKind() + " " + object.getMetadata().getName())).doesNotHaveDuplicates();
	}

	@Test
	void aMisspeltFieldIsFound() {
		String right = Chart.render(Values.of("external")).text();
		assertThat(unknownFieldsOf(right.replace("minReadySeconds:", "minReadySecond:")))
			.contains("Deployment whence-ingest.spec.minReadySecond");
		assertThat(unknownFieldsOf(right.replace("allowPrivilegeEscalation:", "allowPrivilegesEscalation:")))
			.anyMatch((path) -> path.endsWith(".containers[].securityContext.allowPrivilegesEscalation"));
		assertThat(unknownFieldsOf(right.replace("policyTypes:", "policyType:")))
			.contains("NetworkPolicy whence-default.spec.policyType");
	}

	@Test
	void aMisspeltFieldOfAnOperatorsKindIsFound() {
		String right = Chart.render(Values.of("everything")).text();
		assertThat(unknownFieldsOf(right.replace("cooldownPeriod:", "coolDownPeriod:")))
			.containsExactly("ScaledObject observe-analysis.spec.coolDownPeriod");
		assertThat(unknownFieldsOf(right.replace("kind: ScaledObject", "kind: ScaleObject")))
			.containsExactly("ScaleObject observe-analysis is of a kind that nobody described");
	}

	private static List<String> unknownFieldsOf(String text) {
		return Rendered.of(text).objects().stream().flatMap(ModelTests::unknownFields).toList();
	}

	private static Stream<String> unknownFields(HasMetadata object) {
		return ((object instanceof GenericKubernetesResource foreign) ? ForeignKinds.unknownFields(foreign)
				: UnknownFields.of(object))
			.stream();
	}

}
