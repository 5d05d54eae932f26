package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.language.LanguageDetector;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every text, tried on texts that nobody would write. */
class RandomManifestTests {

	private static final int ROUNDS = 4000;

	private static final Instrumenter INSTRUMENTER = new Instrumenter(ManifestLimits.DEFAULT);

	private static final InstrumentOptions JAVA = InstrumentOptions.of(InstrumentMode.OPERATOR,
			new LanguageDetector(List.of(), Language.JAVA));

	private static final String[] TOKENS = { "kind: Pod", "kind: Deployment", "kind: List", "spec:", "template:",
			"metadata:", "annotations:", "containers:", "items:", "- ", "  ", "    ", "{", "}", "[", "]", ",", ": ",
			"&a ", "*a", "!!map ", "? ", "'", "\"", "|", ">-", "#", " # c", "~", "null", "{}", "[]", "name: x",
			"image: node", "<<: *a", "---", "...", "\n", "\n", "\n", "\r\n", "\t", "{{ .x }}", "{{- end }}",
			"%YAML 1.2", "\uFEFF", "\u0000", "\u2028", "😀", "\uD800", "\"\\u", "\"\\x", "\\UFFFFFFFF", "\\n",
			"instrumentation.opentelemetry.io/inject-java: 'true'",
			"instrumentation.opentelemetry.io/whence: 'v1 +inject-java'" };

	@Test
	void randomTextIsAnsweredOrRefusedAndNothingElse() {
		Random random = new Random(1);
		int answered = 0;
		for (int round = 0; round < ROUNDS * 5; round++) {
			StringBuilder text = new StringBuilder();
			for (int i = random.nextInt(40); i >= 0; i--) {
				text.append(TOKENS[random.nextInt(TOKENS.length)]);
			}
			if (holds(text.toString())) {
				answered++;
			}
		}
		assertThat(answered).isGreaterThan(10);
	}

	@Test
	void mutatedManifestsKeepTheLaws() {
		Random random = new Random(2);
		List<String> shapes = new ArrayList<>(Shapes.all().values());
		int answered = 0;
		for (int round = 0; round < ROUNDS; round++) {
			StringBuilder text = new StringBuilder(shapes.get(random.nextInt(shapes.size())));
			for (int i = random.nextInt(4); i >= 0; i--) {
				int at = random.nextInt(text.length() + 1);
				switch (random.nextInt(4)) {
					case 0 -> text.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
					case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(6)));
					case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(80))));
					default -> {
						int end = Math.max(text.indexOf("\n", at), 0);
						text.insert(Math.min(end, text.length()),
								"\n" + " ".repeat(random.nextInt(12)) + TOKENS[random.nextInt(TOKENS.length)]);
					}
				}
				if (text.isEmpty()) {
					text.append('x');
				}
			}
			if (holds(text.toString())) {
				answered++;
			}
		}
		assertThat(answered).isGreaterThan(ROUNDS / 8);
	}

	private static boolean holds(String text) {
		InstrumentResult once;
		try {
			once = INSTRUMENTER.instrument(text, JAVA);
		}
		catch (ManifestRefusedException refusal) {
			return false;
		}
		for (InstrumentMode mode : List.of(InstrumentMode.OPERATOR, InstrumentMode.OPERATOR_FREE)) {
			InstrumentOptions options = JAVA.with(mode);
			InstrumentResult done = INSTRUMENTER.instrument(text, options);
			assertThat(done.changed()).isEqualTo(!done.text().equals(text));
			assertThat(INSTRUMENTER.instrument(done.text(), options).text()).as(text).isEqualTo(done.text());
			if (!text.contains(Provenance.KEY)) {
				assertThat(INSTRUMENTER.instrument(done.text(), JAVA.with(InstrumentMode.REMOVE)).text()).as(text)
					.isEqualTo(text);
			}
		}
		assertThat(INSTRUMENTER.instrument(text, JAVA.with(InstrumentMode.LINT)).text()).isSameAs(text);
		INSTRUMENTER.instrument(text, JAVA.with(InstrumentMode.REMOVE));
		return !once.workloads().isEmpty();
	}

}
