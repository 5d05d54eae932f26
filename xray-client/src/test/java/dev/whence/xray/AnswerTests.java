package dev.whence.xray;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AnswerTests {

	@Test
	void refusedEventsAreCounted() {
		String answer = """
				{"status": "ok", "processed": 4, "results": [{"index": 0, "status": "accepted"},
				 {"index": 1, "status": "rejected", "errors": [{"message": "no id"}]}, {"status": "duplicate"},
				 {"status": "invalid"}, 7, null]}""";

		assertThat(Answer.refused(answer, 6)).hasValue(2);
		assertThat(Answer.refused(answer, 1)).hasValue(1);
		assertThat(Answer.refused("{\"items\": []}", 1)).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ok", "{\"status\":\"ok\",\"processed\":1}", "[]", "<html>", "{\"results\":[{\"sta",
			"{\"results\":7}", "{\"results\":[]} x" })
	void answersThatListNothingSayNothing(String answer) {
		assertThat(Answer.refused(answer, 5)).isEqualTo(OptionalInt.empty());
	}

	@Test
	void jsonIsRead() {
		assertThat(JsonReader
			.read(" { \"a\" : [ 1 , -2.5e3 , true , false , null , { } , [ ] ] , \"b\\u0041\\n\" : \"\\\"\" } "))
			.isEqualTo(Map.of("a", Arrays.asList(1.0, -2500.0, true, false, null, Map.of(), List.of()), "bA\n", "\""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[1", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"a", "\"\\u00", "\"\\u00g0\"",
			"tru", "-", "1 2", "{\"a\":1,}", "[1,]", "{,}" })
	void whatIsNoJsonIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> JsonReader.read(text));
	}

	@Test
	void depthIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> JsonReader.read("[".repeat(1_000_000)));
	}

}
