package dev.whence.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TraceIdTests {

	private static final TraceId LONG = new TraceId("4bf92f3577b34da6a3ce929d0e0e4736");

	@Test
	void aHexadecimalIdIsTheSameInEitherCase() {
		assertThat(new TraceId("4BF92F3577B34DA6A3CE929D0E0E4736")).isEqualTo(LONG);
	}

	@ParameterizedTest
	@ValueSource(strings = { "89ebd61ef494d134", "89EBD61EF494D134", "000000000000000089EBD61EF494D134" })
	void anIdOf64BitsIsTheSameUnderBothSpellings(String spelling) {
		assertThat(new TraceId(spelling)).isEqualTo(new TraceId("000000000000000089ebd61ef494d134"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "req-1a2b3c4d", "89EBD61EF494D13", "89EBD61EF494D1345", "89EBD61EF494D13G",
			"\uFF18\uFF19EBD61EF494D134", "REQ" })
	void everyOtherTextStaysAsItIs(String text) {
		assertThat(new TraceId(text).value()).isEqualTo(text);
	}

	@Test
	void noTextAndEndlessTextAreNoIds() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TraceId(""));
		assertThatIllegalArgumentException().isThrownBy(() -> new TraceId("x".repeat(TraceId.MAX_LENGTH + 1)));
	}

}
