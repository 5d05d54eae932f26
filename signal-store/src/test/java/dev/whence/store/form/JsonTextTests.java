package dev.whence.store.form;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Attributes as text, there and back. */
class JsonTextTests {

	@Test
	void whatWasLetInOnceStaysReadable() {
		String key = "k".repeat(60_000);
		String number = "9".repeat(2_000);
		String json = "{\"" + key + "\":" + number + "}";
		assertThat(JsonText.read(json)).containsOnlyKeys(key);
		assertThat(new EncodedJson(json.getBytes(StandardCharsets.UTF_8))).containsOnlyKeys(key);
	}

	@Test
	void anEncodedMapIsWrittenAsItIs() {
		byte[] json = "{\"a\" : 1.50}".getBytes(StandardCharsets.UTF_8);
		assertThat(JsonText.write(new EncodedJson(json))).isSameAs(json);
		assertThat(JsonText.read(json)).isEqualTo(Map.of("a", 1.5));
	}

	@Test
	void anEmptyMapIsNothing() {
		assertThat(JsonText.writeNullable(Map.of())).isNull();
		assertThat(JsonText.read((String) null)).isEmpty();
		assertThat(JsonText.read("{}")).isEmpty();
	}

}
