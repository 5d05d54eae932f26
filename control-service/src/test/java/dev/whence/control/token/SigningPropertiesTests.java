package dev.whence.control.token;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SigningPropertiesTests {

	@Test
	void defaultsAreShortTokensAndAKeyThatChanges() {
		assertThat(bind(Map.of())).isEqualTo(new SigningProperties(null, Duration.ofMinutes(15), Duration.ofDays(14),
				Duration.ofDays(90), Duration.ofDays(30), Duration.ofMinutes(2)));
	}

	@Test
	void everyKeyBindsAndTheSecretIsNotShown() {
		SigningProperties bound = bind(Map.of("secret-key", "hidden", "lifetime", "1m", "refresh-lifetime", "2h",
				"session-lifetime", "3h", "rotate-every", "4h", "publish-ahead", "5s"));
		assertThat(bound).isEqualTo(new SigningProperties("hidden", Duration.ofMinutes(1), Duration.ofHours(2),
				Duration.ofHours(3), Duration.ofHours(4), Duration.ofSeconds(5)));
		assertThat(bound.toString()).doesNotContain("hidden");
	}

	@ParameterizedTest
	@CsvSource({ "lifetime, 0s", "lifetime, 61m", "refresh-lifetime, 0s", "session-lifetime, -1s", "rotate-every, 0s",
			"publish-ahead, -1s" })
	void badValuesStopTheStart(String key, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of(key, value)));
	}

	private static SigningProperties bind(Map<String, String> values) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((key, value) -> source.put("whence.control.token." + key, value));
		return new Binder(List.of(source), null, ApplicationConversionService.getSharedInstance())
			.bindOrCreate("whence.control.token", SigningProperties.class);
	}

}
