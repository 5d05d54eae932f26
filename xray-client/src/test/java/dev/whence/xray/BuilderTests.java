package dev.whence.xray;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BuilderTests {

	@Test
	void theEnvironmentSaysWhereTo() {
		Settings settings = settings(Map.of("WHENCE_ENDPOINT", "https://whence.example/base/", "WHENCE_API_KEY", "k"));

		assertThat(settings.ingest()).hasToString("https://whence.example/base/ingest");
		assertThat(settings.apiKey()).isEqualTo("k");
		assertThat(settings.enabled()).isTrue();
	}

	@Test
	void withoutAnEnvironmentItIsTheStandalone() {
		assertThat(settings(Map.of()).ingest()).hasToString("http://localhost:8080/ingest");
		assertThat(settings(Map.of("WHENCE_ENDPOINT", " ", "WHENCE_API_KEY", "")).apiKey()).isNull();
	}

	@Test
	void theEnvironmentSwitchesItOff() {
		assertThat(settings(Map.of("WHENCE_XRAY_ENABLED", "False")).enabled()).isFalse();
	}

	@Test
	void whatTheEnvironmentSaysWronglyIsIgnored() {
		assertThat(settings(Map.of("WHENCE_ENDPOINT", "not a url")).ingest())
			.hasToString("http://localhost:8080/ingest");
	}

	@ParameterizedTest
	@CsvSource({ "http://h:1, http://h:1/ingest", "HTTPS://h/, HTTPS://h/ingest", "http://h/ingest, http://h/ingest",
			"http://[::1]:8080//, http://[::1]:8080/ingest" })
	void endpointsAreRead(String endpoint, String ingest) {
		assertThat(new XrayClient.Builder(Map.of()).enabled(false).endpoint(endpoint).build().settings().ingest())
			.hasToString(ingest);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost:8080", "ftp://h", "http://", "http://u:p@h", "http://a b" })
	void endpointsThatAreNoneAreRefused(String endpoint) {
		assertThatIllegalArgumentException().isThrownBy(() -> new XrayClient.Builder(Map.of()).endpoint(endpoint));
	}

	@Test
	void valuesThatCannotBeMeantAreRefused() {
		XrayClient.Builder builder = new XrayClient.Builder(Map.of());

		assertThatIllegalArgumentException().isThrownBy(() -> builder.batchSize(0)).withMessageContaining("batchSize");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.candidateSample(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.retryFor(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.closeTimeout(Duration.ofSeconds(Long.MAX_VALUE)));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.apiKey("a\r\nb"))
			.withMessageNotContaining("a\r\nb");
	}

	private static Settings settings(Map<String, String> environment) {
		try (XrayClient client = new XrayClient.Builder(environment).build()) {
			return client.settings();
		}
	}

}
