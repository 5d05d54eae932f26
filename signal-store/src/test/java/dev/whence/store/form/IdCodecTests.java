package dev.whence.store.form;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class IdCodecTests {

	@ParameterizedTest
	@ValueSource(strings = { "4bf92f3577b34da6a3ce929d0e0e4736", "req-1a2b3c4d", "fifteen-bytes-x", "sixteen-bytes-xx",
			"4BF92F3577B34DA6A3CE929D0E0E4736", "Zürich-Ω", "x" })
	void everyIdComesBackAsItWas(String id) {
		assertThat(IdCodec.TRACE.decode(IdCodec.TRACE.encode(id))).isEqualTo(id);
	}

	@Test
	void anOpenTelemetryIdTakesSixteenBytes() {
		assertThat(IdCodec.TRACE.encode("4bf92f3577b34da6a3ce929d0e0e4736")).hasSize(16);
	}

	@Test
	void aTextThatWouldLookBinaryIsMadeLonger() {
		assertThat(IdCodec.TRACE.encode("fifteen-bytes-x")).hasSize(17);
	}

}
