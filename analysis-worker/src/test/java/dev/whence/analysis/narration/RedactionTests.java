package dev.whence.analysis.narration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedactionTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			login of ada.lovelace+x@mail.example.org failed | login of [e-mail] failed
			Authorization: Bearer abcdefgh12345678 | [secret]
			sent Bearer abcdefgh12345678 to it | sent [token] to it
			password=hunter2 refused | [secret] refused
			api_key: s3cr3t refused | [secret] refused
			token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl expired | token [token] expired
			connect 10.1.2.3:5432 refused | connect [address] refused
			connect fe80:0:0:0:1:2:3:4 refused | connect [address] refused
			connect 2001:db8::17 refused | connect [address] refused
			key AKIA0123456789abcdef0123456789abcdef0 | key [token]
			card 4111 1111 1111 1111 declined | card [number] declined
			""")
	void whatMustNotLeaveIsTakenOut(String text, String told) {
		assertThat(Redaction.line(text, 300)).isEqualTo(told);
	}

	@ParameterizedTest
	@ValueSource(strings = { "payment lost its statement PaymentService#457 in 93.5 % of queryInfo calls",
			"from 12:30:05 on, 3 of 40 calls failed", "order-service 1.4.2 -> 1.4.3" })
	void whatExplainsStays(String text) {
		assertThat(Redaction.line(text, 300)).isEqualTo(text);
	}

	@Test
	void textThatNobodySeesIsTakenOut() {
		// Tag characters spell a sentence that no terminal shows.
		String hidden = "ok" + Character.toString(0xE0049) + Character.toString(0xE0067) + "\u200b\u202e\u0007done";
		assertThat(Redaction.line(hidden, 300)).isEqualTo("ok done");
	}

	@Test
	void aLineHasAnEnd() {
		assertThat(Redaction.line("word ".repeat(200), 300)).hasSizeLessThanOrEqualTo(300);
	}

}
