package dev.whence.instrumenter.language;

import java.util.Arrays;
import java.util.List;

import dev.whence.instrumenter.language.ContainerFacts.Fact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LanguageDetectorTests {

	private static final LanguageDetector DETECTOR = new LanguageDetector(List.of(), null);

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			eclipse-temurin:21-jre            | -                         | -                  | JAVA   | HIGH
			team/app:17-jdk-slim              | -                         | -                  | JAVA   | HIGH
			team/app                          | java -jar app.jar         | -                  | JAVA   | HIGH
			team/app                          | sh -c exec~java~-Xmx1g    | -                  | JAVA   | HIGH
			team/app                          | /usr/bin/python3.12 x.py  | -                  | PYTHON | HIGH
			team/app                          | gunicorn app:app          | -                  | PYTHON | HIGH
			team/app                          | dotnet Shop.dll           | -                  | DOTNET | HIGH
			team/app                          | npm start                 | -                  | NODEJS | HIGH
			team/app                          | -                         | SPRING_PROFILES    | JAVA   | HIGH
			team/app:1-native                 | -                         | SPRING_PROFILES    | -      | NONE
			team/app                          | -                         | NODE_ENV           | NODEJS | HIGH
			team/app                          | -                         | ASPNETCORE_URLS    | DOTNET | HIGH
			mcr.microsoft.com/dotnet/aspnet:8 | -                         | -                  | DOTNET | HIGH
			gcr.io/distroless/java21-debian12 | -                         | -                  | JAVA   | HIGH
			mirror.gcr.io/library/node:22     | -                         | -                  | NODEJS | HIGH
			calico/node                       | -                         | -                  | -      | NONE
			quay.io/prometheus/node-exporter  | -                         | -                  | -      | NONE
			team/shop-java                    | -                         | -                  | JAVA   | MEDIUM
			team/app                          | node x.js                 | JAVA_TOOL_OPTIONS  | -      | NONE
			{{ .Values.java.image }}:1        | -                         | -                  | -      | NONE
			docker.io/bitnami/kafka           | -                         | -                  | JAVA   | HIGH
			team/app                          | -                         | -                  | -      | NONE
			""")
	void evidenceDecides(String image, String command, String variable, Language language, Confidence confidence) {
		Detection detection = DETECTOR.detect("shop", facts("app", image, command, variable));
		assertThat(detection.language()).isEqualTo(language);
		assertThat(detection.confidence()).isEqualTo(confidence);
	}

	@Test
	void disagreementMeansNone() {
		Detection detection = DETECTOR.detect("shop", facts("app", "node:22", "java -jar x.jar", null));
		assertThat(detection.conflict()).isTrue();
		assertThat(detection.evidence()).extracting(Evidence::rule).contains("C1", "C2", "I1");
	}

	@Test
	void hintsComeFirstAndTheRequestsLanguageLast() {
		LanguageHint hint = new LanguageHint(null, null, "*/app", Language.PYTHON);
		LanguageDetector detector = new LanguageDetector(List.of(hint), Language.JAVA);
		assertThat(detector.detect("shop", facts("app", "team/app:1", "node x", null)).language())
			.isEqualTo(Language.PYTHON);
		assertThat(detector.detect("shop", facts("app", "team/other", null, null)).language()).isEqualTo(Language.JAVA);
		assertThat(detector.detect("shop", facts("app", "node:22", null, null)).language()).isEqualTo(Language.NODEJS);
		assertThat(detector.detect("shop", facts("app", "team/shop-python", null, null)).conflict()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "istio-proxy, any, SIDECAR", "x, docker.io/istio/proxyv2:1, SIDECAR", "x, redis:7, INFRASTRUCTURE",
			"x, team/catalogue-db, INFRASTRUCTURE", "x, team/app, APPLICATION" })
	void rolesAreCommonKnowledge(String name, String image, ContainerRole role) {
		assertThat(DETECTOR.role("shop", facts(name, image, null, null))).isEqualTo(role);
	}

	private static ContainerFacts facts(String name, String image, String command, String variable) {
		List<Fact> words = (command == null) ? List.of()
				: Arrays.stream(command.split(" "))
					.map((word) -> new Fact(word.replace('~', ' '), "command", 1))
					.toList();
		return new ContainerFacts(name, new Fact(image, "image", 1), words,
				(variable == null) ? List.of() : List.of(new Fact(variable, "env[0].name", 1)));
	}

}
