package dev.whence.control.image.document;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The expectations are what PyYAML 6.0.3 says to the same texts. */
class DefinitionTextTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			yes                      | True
			Off                      | False
			y                        | 'y'
			~                        | None
			NULL                     | None
			nUll                     | 'nUll'
			0755                     | 493
			755                      | 755
			08                       | '08'
			0o17                     | '0o17'
			0x1F                     | 31
			0b101                    | 5
			-1_000                   | -1000
			22:22                    | 1342
			190:20:30.15             | 685230.15
			1.10                     | 1.1
			1e3                      | '1e3'
			1.0e+3                   | 1000.0
			1.0e+22                  | 1e+22
			123456789012345680.0     | 1.2345678901234568e+17
			0.00001                  | 1e-05
			-.INF                    | -inf
			.nan                     | nan
			2025-01-02               | datetime.date(2025, 1, 2)
			2025-1-2                 | '2025-1-2'
			2025-01-02T03:04:05Z     | datetime.datetime(2025, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
			! 12                     | 12
			!!str 12                 | '12'
			'"a\\tb"'                | 'a\\tb'
			[a, 1, yes, null]        | ['a', 1, True, None]
			{a: 1, b: [c]}           | {'a': 1, 'b': ['c']}
			""", ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '`')
	void scalarsMeanWhatTheyMeanInYaml11(String text, String expected) {
		String yaml = text.startsWith("'\"") ? text.substring(1, text.length() - 1) : text;
		assertThat(repr(yaml)).isEqualTo(expected);
	}

	@Test
	void stringsChooseTheQuotesThatPythonChooses() {
		assertThat(repr("a: it's\nb: '\"'\nc: \"'\\\"\"\nd: \"\\u2028\\U0001F600\\x00\""))
			.isEqualTo("{'a': \"it's\", 'b': '\"', 'c': '\\'\"', 'd': '\\u2028😀\\x00'}");
	}

	@Test
	void timesAreWrittenAsPythonWritesThem() {
		YamlValue value = DefinitionText.read("2025-01-02 03:04:05.5 +02:00", DocumentLimits.DEFAULT);
		assertThat(PythonText.str(value)).isEqualTo("2025-01-02 03:04:05.500000+02:00");
	}

	@Test
	void lastValueOfAKeyCountsInThePlaceOfTheFirst() {
		assertThat(repr("a: 1\nb: 2\na: 3\n")).isEqualTo("{'a': 3, 'b': 2}");
		assertThat(repr("1: x\ntrue: y\n")).isEqualTo("{1: 'y'}");
	}

	@Test
	void mergedKeysComeFirstAndOwnOnesCount() {
		assertThat(repr("x: &x {a: 1, b: 2}\ny:\n  c: 3\n  <<: *x\n  b: 4\n"))
			.isEqualTo("{'x': {'a': 1, 'b': 2}, 'y': {'a': 1, 'b': 4, 'c': 3}}");
	}

	@Test
	void blockThatTheTextEndsInHasNoLineBreakOfItsOwn() {
		assertThat(repr("a: |\n  b")).isEqualTo("{'a': 'b'}");
		assertThat(repr("a: |\n  b\n")).isEqualTo("{'a': 'b\\n'}");
	}

	@Test
	void emptyTextIsNothing() {
		assertThat(repr("")).isEqualTo("None");
		assertThat(repr("# nothing\n")).isEqualTo("None");
	}

	@Test
	void everyValueKnowsItsPlace() {
		YamlValue.Mapping map = (YamlValue.Mapping) DefinitionText.read("a: 1\nb:\n  - é: 😀x\n",
				DocumentLimits.DEFAULT);
		assertThat(map.get("a").orElseThrow().place()).isEqualTo(new Place(1, 4));
		YamlValue.Sequence list = (YamlValue.Sequence) map.get("b").orElseThrow();
		assertThat(((YamlValue.Mapping) list.items().getFirst()).entries().getFirst().value().place())
			.isEqualTo(new Place(3, 8));
	}

	@Test
	void syntaxErrorIsToldInPyYamlsWordsWithItsExcerpts() {
		assertThat(error("name: [1")).isEqualTo("""
				while parsing a flow sequence
				  in "<unicode string>", line 1, column 7:
				    name: [1
				          ^
				expected ',' or ']', but got '<stream end>'
				  in "<unicode string>", line 1, column 9:
				    name: [1
				            ^""");
		assertThat(error("a: b: c")).isEqualTo("""
				mapping values are not allowed here
				  in "<unicode string>", line 1, column 5:
				    a: b: c
				        ^""");
	}

	@Test
	void longLinesAreCutAroundTheError() {
		assertThat(error("key: " + "x".repeat(60) + ": " + "y".repeat(60)))
			.isEqualTo("mapping values are not allowed here\n  in \"<unicode string>\", line 1, column 66:\n     ... "
					+ "x".repeat(32) + ": " + "y".repeat(30) + " ... \n" + " ".repeat(41) + "^");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			- @x               | found character '@' that cannot start any token                        | 1 | 3
			a: `               | found character '\\x60' that cannot start any token                     | 1 | 4
			a:\\tb             | found character '\\t' that cannot start any token                      | 1 | 3
			a: *nope           | found undefined alias 'nope'                                           | 1 | 4
			a: &x 1\\nb: &x 2  | second occurrence                                                      | 2 | 4
			a: !foo b          | could not determine a constructor for the tag '!foo'                   | 1 | 4
			a: =               | could not determine a constructor for the tag 'tag:yaml.org,2002:value' | 1 | 4
			a: !!str [b]       | expected a scalar node, but found sequence                             | 1 | 4
			? [a]\\n: b        | found unhashable key                                                   | 1 | 3
			<<: 1              | expected a mapping or list of mappings for merging, but found scalar   | 1 | 5
			a: "\\\\q"         | found unknown escape character 'q'                                     | 1 | 6
			a: 'b              | found unexpected end of stream                                         | 1 | 6
			a: b\\n c: d       | mapping values are not allowed here                                    | 2 | 3
			--- a\\n--- b      | but found another document                                             | 2 | 1
			a: b\\n- c         | expected <block end>, but found '-'                                    | 2 | 1
			a: - b             | sequence entries are not allowed here                                  | 1 | 4
			a: &               | expected alphabetic or numeric character, but found '\\x00'             | 1 | 5
			""")
	void errorsNameOneCauseAndItsPlace(String text, String cause, int line, int column) {
		String yaml = text.replace("\\t", "\t").replace("\\n", "\n").replace("\\\\", "\\");
		assertThatExceptionOfType(DocumentException.class)
			.isThrownBy(() -> DefinitionText.read(yaml, DocumentLimits.DEFAULT))
			.satisfies((error) -> {
				assertThat(error.text()).contains(cause.replace("\\x60", "`"));
				assertThat(error.place()).isEqualTo(new Place(line, column));
			});
	}

	@Test
	void characterThatYamlForbidsIsNamedWithItsPosition() {
		assertThat(error("a: b\u0000c")).isEqualTo("""
				unacceptable character #x0000: special characters are not allowed
				  in "<unicode string>", position 4""");
		assertThat(error("a: \ud800")).contains("#xd800");
	}

	@Test
	void tabsAreFineWithinQuotesBlocksAndComments() {
		assertThat(repr("a: 'x\ty'\nb: |\n  x\ty\nc: 1 #\tz\n")).isEqualTo("{'a': 'x\\ty', 'b': 'x\\ty\\n', 'c': 1}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "&a [*a]", "&a {b: *a}", "a: &x {<<: *x}" })
	void valueThatContainsItselfIsRefused(String text) {
		assertThat(error(text)).contains("within what it stands for");
	}

	@Test
	void aliasesDoNotMultiplyWithoutEnd() {
		StringBuilder bomb = new StringBuilder("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
		for (int i = 1; i < 12; i++) {
			bomb.append("l%d: &l%d [%s]\n".formatted(i, i, ("*l" + (i - 1) + ", ").repeat(10)));
		}
		assertThat(error(bomb.toString())).contains("found more than 50000 values");
	}

	@Test
	void nestingHasAnEnd() {
		assertThat(error("[".repeat(100_000))).contains("found more than 64 levels");
		assertThat(error("- ".repeat(100_000))).contains("found more than 64 levels");
	}

	@Test
	void textsThatAliasesRepeatHaveAnEnd() {
		assertThat(error("a: &x " + "y".repeat(500_000) + "\nb: [" + "*x, ".repeat(1_000) + "]"))
			.contains("found more than 50000 values");
	}

	@Test
	void whatIsTooLongForANumberIsAText() {
		assertThat(repr("9".repeat(100_000))).isEqualTo("'" + "9".repeat(100_000) + "'");
		assertThat(repr("1" + ":1".repeat(100_000))).startsWith("'1:1");
		assertThat(error("!!int " + "9".repeat(100_000)))
			.contains("found a number or date of more than 1000 characters");
	}

	private static String repr(String text) {
		return PythonText.repr(DefinitionText.read(text, DocumentLimits.DEFAULT));
	}

	private static String error(String text) {
		try {
			return "no error, but " + repr(text);
		}
		catch (DocumentException ex) {
			return ex.text();
		}
	}

}
