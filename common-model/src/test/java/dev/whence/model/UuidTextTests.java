package dev.whence.model;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UuidTextTests {

	private static final Pattern LENIENT = Pattern
		.compile("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}");

	@Test
	void whatJavaPrintsIsReadInAnyCaseWithAndWithoutDashes() {
		for (int i = 0; i < 1_000; i++) {
			UUID uuid = UUID.randomUUID();
			String upper = uuid.toString().toUpperCase(Locale.ROOT);
			assertThat(UuidText.canonical(uuid.toString())).contains(uuid);
			assertThat(UuidText.canonical(upper)).contains(uuid);
			assertThat(UuidText.lenient(upper.replace("-", ""))).contains(uuid);
			assertThat(UuidText.canonical(upper.replace("-", ""))).isEmpty();
		}
	}

	@Test
	void dashesMayBeMissingOneByOneAndStandNowhereElse() {
		Random random = new Random(36);
		for (int i = 0; i < 50_000; i++) {
			StringBuilder text = new StringBuilder(UUID.randomUUID().toString());
			for (int change = random.nextInt(4); change > 0; change--) {
				int place = random.nextInt(text.length());
				switch (random.nextInt(3)) {
					case 0 -> text.deleteCharAt(place);
					case 1 -> text.insert(place, '-');
					default -> text.setCharAt(place, "-0gA".charAt(random.nextInt(4)));
				}
			}
			assertThat(UuidText.lenient(text.toString()).isPresent()).as(text.toString())
				.isEqualTo(LENIENT.matcher(text).matches());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1-1-1-1-1", "{7b5cf6c8-6fae-4ac5-8d3c-0a4f4c2a7a11}",
			"7b5cf6c8-6fae-4ac5-8d3c-0a4f4c2a7a1", "7b5cf6c8-6fae-4ac5-8d3c-0a4f4c2a7a1\u0661",
			"+b5cf6c8-6fae-4ac5-8d3c-0a4f4c2a7a11" })
	void whatIsNoneIsNone(String text) {
		assertThat(UuidText.canonical(text)).isEmpty();
		assertThat(UuidText.lenient(text)).isEmpty();
	}

}
