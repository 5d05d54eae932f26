package dev.whence.model.search;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			connection timed out,        timed out,  true
			connection Timed  out,       timed out,  false
			a mistimed outage,           timed out,  false
			timed outage,                timed out,  false
			GET /api/cart HTTP,          /api/cart,  true
			ÜBER den Wolken,             über,       true
			status=500;,                 500,        true
			order-5001,                  500,        false
			""")
	void aPhraseBeginsAndEndsWhereWordsDo(String text, String phrase, boolean there) {
		assertThat(Words.contains(text, Words.fold(phrase), false)).isEqualTo(there);
	}

	@Test
	void aBeginningMayGoOn() {
		assertThat(Words.contains("timed outage", "timed out", true)).isTrue();
		assertThat(Words.contains("mistimed outage", "timed out", true)).isFalse();
	}

	@Test
	void aWordOfATextIsFoundInIt() {
		String text = "Ärger: ΟΔΟΣ.Β, KELVIN \u212A, ſharp, İstanbul 42";
		List<String> words = new ArrayList<>();
		Words.of(text, words::add);
		assertThat(words).isNotEmpty().allMatch((word) -> Words.contains(text, word, false));
	}

	@Test
	void noLetterBeyondAsciiMeansOneOfAscii() {
		for (char c = 128; c < Character.MAX_VALUE; c++) {
			assertThat((int) Words.fold(c)).isGreaterThanOrEqualTo(128);
		}
	}

	@Test
	void foldingTwiceChangesNothing() {
		for (char c = 0; c < Character.MAX_VALUE; c++) {
			assertThat(Words.fold(Words.fold(c))).isEqualTo(Words.fold(c));
		}
	}

}
