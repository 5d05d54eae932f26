package dev.whence.instrumenter.manifest;

import java.time.Duration;
import java.util.stream.Stream;

import dev.whence.instrumenter.manifest.ManifestRefusedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Texts made to exhaust something; each is refused or answered soon. */
class HostileManifestTests {

	/**
	 * A deadline far above what any of these takes (a tenth of a second on an idle
	 * machine), far below what anything quadratic would.
	 */
	private static final Instrumenter INSTRUMENTER = new Instrumenter(
			new ManifestLimits(200, 5_000, 500_000, Duration.ofSeconds(20)));

	static Stream<Arguments> refused() {
		return Stream.of(arguments("a: \"\\u\"", Reason.SYNTAX), arguments("a: \"\\UFFFFFFFF\"", Reason.SYNTAX),
				arguments("[".repeat(100_000), Reason.TOO_DEEP), arguments("{a: ".repeat(100_000), Reason.TOO_DEEP),
				arguments("- ".repeat(100_000), Reason.TOO_DEEP), arguments("? ".repeat(100_000), Reason.TOO_DEEP),
				arguments("[\n".repeat(100_000), Reason.TOO_DEEP),
				arguments("--- a\n".repeat(5_001), Reason.TOO_MANY_DOCUMENTS),
				arguments("[" + "a,".repeat(600_000) + "]", Reason.TOO_MANY_NODES),
				arguments("a: \u0007", Reason.SYNTAX), arguments("a:\n\tb: c", Reason.SYNTAX),
				arguments("a: *nobody\nb: [", Reason.SYNTAX));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void isRefused(String text, Reason reason) {
		assertThatExceptionOfType(ManifestRefusedException.class)
			.isThrownBy(() -> INSTRUMENTER.instrument(text, TestOptions.OPERATOR))
			.extracting(ManifestRefusedException::reason)
			.isEqualTo(reason);
	}

	static Stream<String> answered() {
		StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol]\n");
		for (int i = 1; i < 60; i++) {
			bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
		}
		String merges = "m0: &m0 {a: b}\n" + "kind: Pod\nmetadata: {<<: [*m0, *m0, *m0]}\nspec: {<<: *m0}\n";
		String item = "{\"kind\":\"Pod\",\"metadata\":{},\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"node\"}]}},";
		String oneLine = "{\"kind\":\"List\",\"items\":[" + item.repeat(10_000) + "{}]}";
		String crowd = "kind: Pod\nspec:\n  containers:\n" + "  - {name: a, image: node}\n".repeat(50_000);
		String names = "kind: Pod\nmetadata: {annotations: {instrumentation.opentelemetry.io/inject-java: 'true', "
				+ "instrumentation.opentelemetry.io/container-names: '" + "a,".repeat(1_000_000) + "'}}\n";
		return Stream.of(oneLine, crowd, names, bomb + "---\n" + Shapes.deployment(""), merges,
				"a: " + "x".repeat(3_000_000), "a: \"" + "\\n".repeat(1_000_000) + "\"", "#".repeat(3_000_000),
				"\n".repeat(3_000_000), "{{".repeat(500_000), "{{ x }}".repeat(200_000),
				"kind: &k !!str Pod\nspec: *k");
	}

	@ParameterizedTest
	@MethodSource("answered")
	void isAnswered(String text) {
		try {
			INSTRUMENTER.instrument(text, TestOptions.OPERATOR);
		}
		catch (ManifestRefusedException refusal) {
			assertThat(refusal.reason()).isIn(Reason.SYNTAX, Reason.TOO_DEEP);
		}
	}

	@Test
	void deadlineEndsTheWork() {
		Instrumenter hasty = new Instrumenter(new ManifestLimits(200, 5_000, 500_000, Duration.ofNanos(1)));
		assertThatExceptionOfType(ManifestRefusedException.class)
			.isThrownBy(() -> hasty.instrument(Shapes.deployment("").repeat(100), TestOptions.OPERATOR))
			.extracting(ManifestRefusedException::reason)
			.isEqualTo(Reason.DEADLINE);
	}

	@Test
	void bytesThatAreNoTextAreRefused() {
		for (byte[] bytes : new byte[][] { { 'a', (byte) 0xff }, { (byte) 0xff, (byte) 0xfe, 'a', 0 } }) {
			assertThatExceptionOfType(ManifestRefusedException.class).isThrownBy(() -> ManifestBytes.decode(bytes))
				.extracting(ManifestRefusedException::reason)
				.isEqualTo(Reason.ENCODING);
		}
	}

}
