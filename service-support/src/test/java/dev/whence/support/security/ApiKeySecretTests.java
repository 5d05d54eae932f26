package dev.whence.support.security;

import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ApiKeySecretTests {

	private final SecureRandom random = new SecureRandom();

	@Test
	void generatedKeyIsReadBack() {
		ApiKeySecret key = ApiKeySecret.generate(this.random);
		assertThat(key.text()).matches("wh_[0-9A-Za-z]{8}_[0-9A-Za-z_-]{43}");
		assertThat(ApiKeySecret.parse(key.text())).contains(key);
		assertThat(key.hash()).hasSize(32);
	}

	@Test
	void noTwoKeysAreAlike() {
		Set<String> keys = IntStream.range(0, 1000)
			.mapToObj((i) -> ApiKeySecret.generate(this.random).text())
			.collect(Collectors.toSet());
		assertThat(keys).hasSize(1000);
	}

	@Test
	void secretIsNotPrinted() {
		ApiKeySecret key = ApiKeySecret.generate(this.random);
		assertThat(key).hasToString("wh_" + key.prefix() + "_...");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "wh_", "wh_abcdefgh_short", "xx_abcdefgh_0123456789012345678901234567890123456789abc",
			"wh_abc'efgh_0123456789012345678901234567890123456789abc",
			"wh_abcdefgh_0123456789012345678901234567890123456789abc " })
	void anythingElseIsNoKey(String text) {
		assertThat(ApiKeySecret.parse(text)).isEmpty();
	}

}
