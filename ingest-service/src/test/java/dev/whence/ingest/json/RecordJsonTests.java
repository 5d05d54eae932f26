package dev.whence.ingest.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.ingest.intake.TestLimits;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.store.rejected.RejectionReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecordJsonTests {

	private final RecordJson json = new RecordJson();

	@ParameterizedTest
	@CsvSource({ "0, 0", "-7, -7", "2147483648, 2147483648", "9223372036854775807, 9223372036854775807",
			"-9223372036854775808, -9223372036854775808", "9223372036854775808, 9.223372036854775807E18",
			"18446744073709551616, 1.8446744073709552E19",
			"1234567890123456789012345678901234567890123456789012345678901234, 1.2345678901234568E63", "1.5, 1.5",
			"1e3, 1000.0", "1e308, 1.0E308", "1e-400000, 0.0", "-1e-400000, -0.0", "5e-324, 4.9E-324",
			"0.10000000000000000000000000000000000001, 0.1" })
	void aNumberKeepsItsValueOrBecomesTheNearestDouble(String text, String value) {
		Object number = fields("{\"n\":" + text + "}").get("n");
		assertThat(number).isInstanceOfAny(Integer.class, Long.class, Double.class);
		if (number instanceof Double given) {
			assertThat(given).isEqualTo(Double.parseDouble(value));
		}
		else {
			assertThat(String.valueOf(number)).isEqualTo(value);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e309", "-1e309", "1e131071", "1e999999999999", "1e99999999999999999999999999" })
	void aNumberOutOfRangeIsRefusedByName(String number) {
		assertThat(this.json.parse(bytes("{\"a\":{\"b\":[0," + number + "]}}"), TestLimits.byDefault()))
			.isEqualTo(Refusal.of(ProblemCode.INVALID_FIELD, RejectionReason.INVALID_FIELD, "/a/b/1",
					"is a number out of range, the largest is about 1.8e308"));
	}

	@Test
	void anIntegerOfManyDigitsIsReadInLinearTimeOrRefused() {
		assertThat(refusal("{\"n\":" + "9".repeat(3_000_000) + "}").errors().getFirst().pointer()).isEqualTo("/n");
		assertThat(fields("{\"n\":0." + "9".repeat(3_000_000) + "}")).containsEntry("n", 1.0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "NaN", "Infinity", "-Infinity", "01", "+1", "1.", ".5", "0x10", "1e" })
	void whatJsonDoesNotCallANumberIsMalformed(String number) {
		assertThat(refusal("{\"n\":" + number + "}").code()).isEqualTo(ProblemCode.MALFORMED_BODY);
	}

	@Test
	void aKeyThatOccursTwiceIsRefusedAtAnyDepth() {
		assertThat(refusal("{\"a\":{\"b\":1,\"b\":1}}"))
			.isEqualTo(Refusal.of(ProblemCode.MALFORMED_BODY, RejectionReason.MALFORMED, "/a/b", "occurs twice"));
	}

	@Test
	void eachLimitIsNamed() {
		assertThat(refusal("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}").detail()).contains("64 levels");
		assertThat(fields("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}")).hasSize(1);
		assertThat(refusal("{\"" + "k".repeat(513) + "\":1}").detail()).contains("it may have 512");
		assertThat(refusal("{\"a\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}").detail())
			.contains("a may have 1048576 characters");
		assertThat(refusal("{\"a\":[" + "1,".repeat(40_000) + "1]}").detail()).contains("40000");
		assertThat(refusal("{" + keys(100_000) + "}").code()).isEqualTo(ProblemCode.BODY_TOO_LARGE);
		assertThat(refusal("{\"a\":" + "[".repeat(100_000)).reason()).isEqualTo(RejectionReason.LIMIT);
		assertThat(refusal("{\"" + "k".repeat(100_000) + "\":1}").reason()).isEqualTo(RejectionReason.LIMIT);
	}

	@Test
	void keysThatCollideAreReadOrRefusedAndNeverOurBug() {
		// "Aa" and "BB" have one hash code, and so have all words of them.
		String body = IntStream.range(0, 16_384)
			.mapToObj((i) -> "\"" + IntStream.range(0, 14)
				.mapToObj((bit) -> ((i >> bit & 1) == 0) ? "Aa" : "BB")
				.collect(Collectors.joining()) + "\":1")
			.collect(Collectors.joining(",", "{", "}"));
		assertThat(this.json.parse(bytes(body), TestLimits.byDefault())).isInstanceOfAny(JsonItem.Parsed.class,
				Refusal.class);
	}

	@Test
	void aBadElementDoesNotCostItsNeighbours() {
		List<RecordJson.Element> elements = this.json
			.array(bytes("[{\"a\":1},{\"a\":[{\"b\":1e999,\"c\":[{}]}],\"d\":{}},7,"
					+ "[[{}]],\"x\",null,{\"a\":1,\"a\":2,\"e\":[1]},{\"" + "k".repeat(600) + "\":{}},{\"x\":"
					+ "[".repeat(200) + "]".repeat(200) + "},{\"a\":2}]"), 100, TestLimits.byDefault());
		assertThat(elements).hasSize(10);
		assertThat(elements.stream().map(RecordJson.Element::item).filter(JsonItem.Parsed.class::isInstance).toList())
			.containsExactly(new JsonItem.Parsed(Map.of("a", 1)), new JsonItem.Parsed(Map.of("a", 2)));
		assertThat(((Refusal) elements.get(1).item()).errors().getFirst().pointer()).isEqualTo("/a/0/b");
		assertThat(text(elements.get(0))).isEqualTo("{\"a\":1}");
		assertThat(text(elements.get(2))).isEqualTo("7");
		assertThat(text(elements.get(4))).isEqualTo("\"x\"");
		assertThat(text(elements.get(6))).isEqualTo("{\"a\":1,\"a\":2,\"e\":[1]}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "null", "[", "[{}", "[{},]", "[] []", "[{}] x", "[{'a':1}]" })
	void whatIsNoArrayIsMalformedAsAWhole(String body) {
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.json.array(bytes(body), 100, TestLimits.byDefault()))
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_BODY));
	}

	@Test
	void whateverALineHoldsCostsOnlyItself() {
		List<RecordJson.Element> lines = this.json.lines(
				bytes("{\"a\":1}\r\n\n  \n{\"a\":\n[]\n{} {}\n" + "[".repeat(5000) + "\n{\"a\":2}"), 100,
				TestLimits.byDefault());
		assertThat(lines).extracting(RecordJson.Element::item)
			.extracting((item) -> item instanceof JsonItem.Parsed)
			.containsExactly(true, false, false, false, false, true);
	}

	@Test
	void tooManyElementsAreRefusedWithTheLimit() {
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.json.array(bytes("[1,2,3]"), 2, TestLimits.byDefault()))
			.withMessageContaining("2 records")
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.BODY_TOO_LARGE));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.json.lines(bytes("1\n2\n3"), 2, TestLimits.byDefault()));
		assertThat(this.json.lines(bytes("1\n2\n\n"), 2, TestLimits.byDefault())).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "{\"a\":1}", "{\"a\":{\"a\":{\"a\":{}}}}", "\"\"" })
	void whatValuesTakeInMemoryIsCountedWhileTheyAreParsed(String value) {
		String item = "{\"a\":[" + (value + ",").repeat(4_000) + value + "]}";
		byte[] array = bytes("[" + (item + ",").repeat(19) + item + "]");
		byte[] lines = bytes((item + "\n").repeat(20));
		// Far more than the text, and less than what the values become.
		long memory = 6_000_000;
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.json.array(array, 100, TestLimits.within(memory)))
			.withMessageContaining("bytes of memory");
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.json.lines(lines, 100, TestLimits.within(memory)))
			.withMessageContaining("bytes of memory");
		assertThat(this.json.array(array, 100, TestLimits.byDefault())).hasSize(20);
	}

	private Map<String, @Nullable Object> fields(String body) {
		assertThat(this.json.parse(bytes(body), TestLimits.byDefault())).isInstanceOf(JsonItem.Parsed.class);
		return ((JsonItem.Parsed) this.json.parse(bytes(body), TestLimits.byDefault())).fields();
	}

	private Refusal refusal(String body) {
		assertThat(this.json.parse(bytes(body), TestLimits.byDefault())).isInstanceOf(Refusal.class);
		return (Refusal) this.json.parse(bytes(body), TestLimits.byDefault());
	}

	private static String keys(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "\"k" + i + "\":1").collect(Collectors.joining(","));
	}

	private static String text(RecordJson.Element element) {
		return new String(element.text(), element.from(), element.to() - element.from(), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
