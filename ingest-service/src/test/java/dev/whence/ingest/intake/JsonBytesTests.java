package dev.whence.ingest.intake;

import java.nio.charset.StandardCharsets;

import dev.whence.model.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonBytesTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "{\"a\":1}, {\"a\":1}", "\"\\ud800\", \"\\ufffd\"", "\"\\uDFFF\\uD800\", \"\\ufffd\\ufffd\"",
					"\"\\ud83d\\ude00\", \"\\ud83d\\ude00\"", "\"\\uD83D\\ud83d\\uDE00\", \"\\ufffd\\ud83d\\uDE00\"",
					"\"\\\\ud800\", \"\\\\ud800\"", "\"\\\\\\ud800\", \"\\\\\\ufffd\"", "\"\\ud80\", \"\\ud80\"",
					"\"\\ud800\\\\\", \"\\ufffd\\\\\"", "\"\\ud7ff\\ue000\", \"\\ud7ff\\ue000\"" })
	void lonelySurrogatesAreReplacedAndNothingElse(String given, String tidy) {
		assertThat(new String(JsonBytes.tidy(bytes(given)), StandardCharsets.UTF_8)).isEqualTo(tidy);
	}

	@Test
	void aCleanBodyIsNotCopied() {
		byte[] body = bytes("{\"ä\":\"\uD83D\uDE00 \\ud83d\"}".replace("\\ud83d", "\\n"));
		assertThat(JsonBytes.tidy(body)).isSameAs(body);
	}

	@Test
	void aByteOrderMarkIsDropped() {
		assertThat(JsonBytes.tidy(bytes("\uFEFF{}"))).isEqualTo(bytes("{}"));
	}

	@Test
	void whatIsNotUtf8IsRefused() {
		for (byte[] body : new byte[][] { { '"', (byte) 0xff, '"' },
				{ '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"' }, { '"', (byte) 0xc0, (byte) 0x80, '"' },
				{ '"', (byte) 0xc3 } }) {
			assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> JsonBytes.tidy(body))
				.withMessageContaining("UTF-8");
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
