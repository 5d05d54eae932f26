package dev.whence.instrumenter.manifest;

import java.util.List;

import dev.whence.instrumenter.language.LanguageDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Kubernetes' own dialect of YAML, as kubectl 1.37 writes it. */
class KyamlTests {

	private static final String TEXT = """
			---
			{
			  apiVersion: "apps/v1",
			  kind: "Deployment",
			  metadata: {
			    name: "orders", # of the shop
			  },
			  spec: {
			    template: {
			      metadata: {
			        annotations: {
			          a: "b",
			        },
			      },
			      spec: {
			        containers: [{
			          name: "orders",
			          image: "eclipse-temurin:21-jre",
			          env: [{
			            name: "A",
			            value: "b",
			          }],
			        }],
			      },
			    },
			  },
			}
			""";

	@Test
	void annotationsAreOneALineInDoubleQuotesWithCommas() {
		assertThat(run(TEXT, InstrumentMode.OPERATOR)).contains("""
				        annotations: {
				          instrumentation.opentelemetry.io/inject-java: "true",
				          instrumentation.opentelemetry.io/whence: "v1 +inject-java",
				          a: "b",
				        },
				""");
	}

	@Test
	void whatHasToBeMadeFirstIsWrittenTheSameWay() {
		String text = TEXT.replaceFirst("(?s)      metadata: \\{\n        annotations.*?\n      },\n", "");
		assertThat(run(text, InstrumentMode.OPERATOR)).contains("""
				    template: {
				      metadata: {
				        annotations: {
				          instrumentation.opentelemetry.io/inject-java: "true",
				          instrumentation.opentelemetry.io/whence: "v1 +inject-java",
				        },
				      },
				      spec: {
				""");
	}

	@Test
	void itemsAreCuddled() {
		String text = run(TEXT, InstrumentMode.OPERATOR_FREE);
		assertThat(text).contains("""
				      spec: {
				        initContainers: [{
				          name: "opentelemetry-auto-instrumentation-java",
				""").contains("""
				        volumes: [{
				          name: "opentelemetry-auto-instrumentation-java",
				          emptyDir: {
				            sizeLimit: "200Mi",
				          },
				        }],
				""").contains("""
				          }, {
				            name: "A",
				            value: "b",
				          }],
				""").doesNotContain("'");
	}

	@ParameterizedTest
	@EnumSource(names = { "OPERATOR", "OPERATOR_FREE" })
	void removingGivesBackTheVeryText(InstrumentMode mode) {
		for (String text : List.of(TEXT, TEXT.replace("\n", "\r\n"),
				TEXT.replaceFirst("(?s)      metadata: \\{\n        annotations.*?\n      },\n", ""),
				TEXT.replace("annotations: {\n          a: \"b\",\n        }", "annotations: {}"),
				TEXT.replace("annotations: {\n          a: \"b\",\n        }", "annotations: null"),
				TEXT.replace("          a: \"b\"", "\t\ta: \"b\""))) {
			String done = run(text, mode);
			assertThat(done).isNotEqualTo(text);
			assertThat(run(done, InstrumentMode.REMOVE)).isEqualTo(text);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{kind: Pod, spec: {containers: [{name: a, image: 'node:22'}]}}\n",
			"{\n  kind: Pod,\n  spec: {containers: [{name: a, image: 'node:22'}]}\n}\n" })
	void otherFlowStyleKeepsItsOwn(String text) {
		assertThat(run(text, InstrumentMode.OPERATOR)).contains("inject-nodejs: 'true'");
	}

	private static String run(String text, InstrumentMode mode) {
		return new Instrumenter(ManifestLimits.DEFAULT)
			.instrument(text, InstrumentOptions.of(mode, new LanguageDetector(List.of(), null)))
			.text();
	}

}
