package dev.whence.ingest.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextSanitizerTests {

	private static final String ALPHABET = "aZ0 \n\u0000\u0001\u007F\u00E9\u2028\uFFFD\uFFFF\uD83D\uDE00\uD800\uDFFF";

	private final TextSanitizer sanitizer = new TextSanitizer();

	@RepeatedTest(50)
	void cleaningMakesAnyTextStorableAndIsIdempotent(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		for (int i = 0; i < 200; i++) {
			String text = randomText(random);
			String cleaned = this.sanitizer.clean(text);
			assertThat(cleaned).hasSameSizeAs(text).doesNotContain("\0");
			assertThat(new String(cleaned.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(cleaned);
			assertThat(this.sanitizer.clean(cleaned)).isSameAs(cleaned);
			if (isStorable(text)) {
				assertThat(cleaned).isSameAs(text);
			}
		}
	}

	@Test
	void cleanValuesComeBackThemselvesAndAreNotCounted() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("text", "pair \uD83D\uDE00");
		map.put("nested", Map.of("list", List.of(1, true, "x")));
		map.put("nothing", null);
		assertThat(this.sanitizer.clean(map)).isSameAs(map);
		assertThat(this.sanitizer.replaced()).isZero();
	}

	@Test
	void dirtIsReplacedWhereverItLiesAndTheRestStays() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("k\0", Arrays.asList("a\0", null, 7L, Map.of("in\uD800ner", "\uDC00")));
		map.put("clean", 1.5);
		Map<String, @Nullable Object> expected = new LinkedHashMap<>();
		expected.put("k\uFFFD", Arrays.asList("a\uFFFD", null, 7L, Map.of("in\uFFFDner", "\uFFFD")));
		expected.put("clean", 1.5);
		assertThat(this.sanitizer.clean(map)).isEqualTo(expected);
		assertThat(this.sanitizer.replaced()).isEqualTo(4);
	}

	@Test
	void aPairInTheWrongOrderIsTwoLoneHalves() {
		assertThat(this.sanitizer.clean("\uDE00\uD83D")).isEqualTo("\uFFFD\uFFFD");
		assertThat(this.sanitizer.clean("\uD83D\uD83D\uDE00")).isEqualTo("\uFFFD\uD83D\uDE00");
	}

	private static String randomText(Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(12); i > 0; i--) {
			text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
		}
		return text.toString();
	}

	private static boolean isStorable(String text) {
		return text.indexOf('\0') < 0
				&& new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE).equals(text);
	}

}
