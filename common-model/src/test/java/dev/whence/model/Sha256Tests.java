package dev.whence.model;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Sha256Tests {

	@Test
	void aTextIsDigestedAsUtf8() {
		// printf 'Grüße' | sha256sum
		assertThat(HexFormat.of().formatHex(Sha256.of("Grüße")))
			.isEqualTo("f83e039796c6453a10f5519e39fd113901572316a1a8ea07cb525d2801dfd074");
	}

	@Test
	void partsAreDigestedAsTheirWhole() {
		var digest = Sha256.newDigest();
		digest.update("one ".getBytes(StandardCharsets.UTF_8));

		assertThat(digest.digest("text".getBytes(StandardCharsets.UTF_8))).isEqualTo(Sha256.of("one text"));
	}

}
