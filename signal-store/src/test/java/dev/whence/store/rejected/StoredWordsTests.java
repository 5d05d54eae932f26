package dev.whence.store.rejected;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The words under which the journal keeps what is one of a few: they stay readable. */
class StoredWordsTests {

	@Test
	void reasonsKeepTheirWords() {
		assertThat(Stream.of(RejectionReason.values()).map(RejectionReason::wireName)).containsExactly("malformed",
				"invalid-field", "limit", "too-large", "unsupported-type", "conflict");
	}

	@Test
	void transportsKeepTheirWords() {
		assertThat(Stream.of(Transport.values()).map(Transport::wireName)).containsExactly("native", "batch", "otlp",
				"zipkin", "xray");
	}

}
