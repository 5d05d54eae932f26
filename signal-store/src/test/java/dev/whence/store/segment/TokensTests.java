package dev.whence.store.segment;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;

import dev.whence.model.search.Words;
import dev.whence.store.column.ByteSink;
import dev.whence.store.column.JsonCodec;
import dev.whence.store.column.TextCodec;
import dev.whence.store.column.Vocabulary;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokensTests {

	private static final String LETTERS = "abzABZ019 _-/.\u00e9\u00c9\u0130\u212a\u4e16\t{\"";

	@Test
	void textsGiveTheWordsThatASearchLooksFor() {
		Random random = new Random(3);
		for (int i = 0; i < 500; i++) {
			String text = text(random);
			Set<Long> expected = new HashSet<>();
			Words.of(text, (word) -> expected.add(Tokens.word(word)));
			assertThat(ofTexts(List.of(text))).as(text).isEqualTo(expected);
		}
	}

	@Test
	void thousandsOfDifferentWordsAreAllThere() {
		List<String> texts = LongStream.range(0, 20_000).mapToObj((i) -> "word" + i + " of many").toList();
		Set<Long> tokens = ofTexts(texts);
		assertThat(tokens).hasSize(20_002);
		assertThat(texts).allMatch((text) -> tokens.contains(Tokens.word(text.substring(0, text.indexOf(' ')))));
	}

	@Test
	void membersAreFoundHoweverTheirObjectIsWritten() {
		Set<Long> expected = Set.of(Tokens.attribute("a", "1"), Tokens.attribute("b", "x"),
				Tokens.attribute("c", "true"));
		assertThat(ofAttributes("{\"a\":1,\"b\":\"x\",\"c\":true}")).isEqualTo(expected);
		assertThat(ofAttributes("{ \"a\": 1, \"b\": \"x\", \"c\": true }")).isEqualTo(expected);
		assertThat(ofAttributes("{\"\\u0061\":1,\"b\":\"\\u0078\",\"c\":true}")).isEqualTo(expected);
		assertThat(ofAttributes("{\"a\":1,\"b\":\"x\",\"c\":true,\"d\":null,\"e\":[1],\"f\":{\"a\":2}}"))
			.isEqualTo(expected);
		assertThat(ofAttributes("{\"b\":\"y\",\"a\":1,\"b\":\"x\",\"c\":true}")).containsAll(expected);
		assertThat(ofAttributes("{\"\u00e9\":\"\u4e16\"}")).containsExactly(Tokens.attribute("\u00e9", "\u4e16"));
		assertThat(ofAttributes("")).isEmpty();
		assertThat(ofAttributes("[\"a\"]")).isEmpty();
		assertThat(ofAttributes("{}")).isEmpty();
	}

	@Test
	void numbersAreFoundAsTheyAreWrittenAndAsAReaderWhoParsesThemSeesThem() {
		for (String json : List.of("{\"ratio\":1.50,\"many\":1e5}", "{\"x\":1,\"x\":2,\"ratio\":1.50,\"many\":1e5}")) {
			assertThat(ofAttributes(json)).contains(Tokens.attribute("ratio", "1.50"), Tokens.attribute("ratio", "1.5"),
					Tokens.attribute("many", "1e5"), Tokens.attribute("many", "100000.0"));
		}
	}

	@Test
	void whatEventsOfASpanSayIsFoundAndNothingElseOfIt() {
		String event = "{\"name\":\"exception\",\"attributes\":{\"exception.message\":\"card declined\",\"code\":7}}";
		Set<Long> expected = Set.of(Tokens.word("exception"), Tokens.word("card"), Tokens.word("declined"));
		for (String details : List.of("{\"links\":[],\"events\":[" + event + "]}", "{ \"events\": [" + event + "] }")) {
			assertThat(tokens(Tokens::events, JsonCodec.INSTANCE::encode, List.of(details))).isEqualTo(expected);
		}
		assertThat(tokens(Tokens::events, JsonCodec.INSTANCE::encode, List.of("{\"scope\":\"events\"}"))).isEmpty();
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		// Half of them without anything but ASCII.
		int letters = random.nextBoolean() ? LETTERS.indexOf('\u00e9') : LETTERS.length();
		for (int i = random.nextInt(30); i > 0; i--) {
			text.append(LETTERS.charAt(random.nextInt(letters)));
		}
		return text.toString();
	}

	private static Set<Long> ofTexts(List<String> texts) {
		return tokens(Tokens::texts, TextCodec.INSTANCE::encode, texts);
	}

	private static Set<Long> ofAttributes(String json) {
		return tokens(Tokens::attributes, JsonCodec.INSTANCE::encode, List.of(json));
	}

	private static Set<Long> tokens(Function<Tokens, Vocabulary> vocabulary, Encoding encoding, List<String> values) {
		Tokens tokens = new Tokens();
		encoding.encode(values.stream().map((value) -> value.getBytes(StandardCharsets.UTF_8)).toList(),
				new ByteSink(64), vocabulary.apply(tokens));
		Set<Long> distinct = new HashSet<>();
		for (long token : tokens.distinct()) {
			assertThat(distinct.add(token)).isTrue();
		}
		return distinct;
	}

	private interface Encoding {

		void encode(List<byte[]> values, ByteSink out, Vocabulary vocabulary);

	}

}
