package dev.whence.model.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import dev.whence.model.LogLevel;
import dev.whence.model.SpanKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueryParserTests {

	private static final String ALPHABET = "aZ09 \t\"\\()*-:.,=<>!_/@ORANDNTµé漢\uD83D\uDE00\u0130";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			''                                      | *
			*                                       | *
			* service:cart                          | service:"cart"
			timed                                   | "timed"
			"timed out"                             | "timed out"
			time*                                   | "time"*
			service:cart level:>=error              | service:"cart" level:>=error
			severity:WARNING                        | level:=warn
			level:stderr                            | level:"stderr"
			service:(cart OR pay)                   | service:"cart" OR service:"pay"
			service:(cart OR pay) failed            | (service:"cart" OR service:"pay") "failed"
			a OR b c                                | "a" OR "b" "c"
			(a OR b) AND c                          | ("a" OR "b") "c"
			-user.id:42                             | -user.id:"42"
			NOT (a b)                               | -("a" "b")
			- a                                     | "-" "a"
			--a                                     | "a"
			attr.http.status_code:>=500             | attr.http.status_code:>=500.0
			attributes.x:!=y                        | -attr.x:"y"
			resource.k8s.pod.name:web*              | resource.k8s.pod.name:"web"*
			http.route:*                            | http.route:*
			duration:>250ms                         | duration:>250000000ns
			duration>1.5s                           | duration:>1500000000ns
			kind:Server                             | kind:server
			trace:4bf9                              | trace:"4bf9"
			http://cart/pay?x=1                     | "http://cart/pay?x=1"
			12:30:45                                | "12:30:45"
			a->b                                    | "a->b"
			attr."odd name":x                       | attr."odd name":"x"
			"odd name":x                            | "odd name":"x"
			message:out                             | message:"out"
			"say ""hi"                              | "say " "hi"
			""", ignoreLeadingAndTrailingWhitespace = true)
	void whatIsWrittenMeans(String written, String meant) {
		assertThat(QueryParser.parse(written.replace("\"\"hi\"", "\" \"hi\""))).hasToString(meant);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			service:            | 8  | a value is missing behind service
			service: cart       | 8  | a value is missing behind service
			(a OR b             | 0  | there is no ")" for this one
			a )                 | 2  | there is no "(" that this one closes
			a OR                | 4  | something to search for is missing here
			()                  | 1  | something to search for is missing here
			OR a                | 0  | something to search for is missing here
			a "open             | 2  | the quotation that begins here does not end
			duration:>250       | 10 | a duration is a number with a unit, such as 250ms or 1.5s
			level:>=loud        | 8  | a level is one of trace, debug, info, warn, error, fatal
			kind:big            | 5  | a kind is one of unspecified, internal, server, client, producer, consumer
			attr.x:>y           | 8  | attr.x is compared with a number such as 500
			attr.x:>NaN         | 8  | attr.x is compared with a number such as 500
			""")
	void whatCannotBeUnderstoodIsNamedWithItsPlace(String written, int position, String message) {
		assertThatExceptionOfType(QuerySyntaxException.class).isThrownBy(() -> QueryParser.parse(written))
			.satisfies((ex) -> assertThat(ex.position()).isEqualTo(position))
			.withMessage(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "service:>cart", "name:<=x", "trace:>=1" })
	void whatHasNoOrderIsNotCompared(String written) {
		assertThatExceptionOfType(QuerySyntaxException.class).isThrownBy(() -> QueryParser.parse(written))
			.withMessageContaining("has no order");
	}

	@Test
	void sizesAreBounded() {
		assertThatExceptionOfType(QuerySyntaxException.class)
			.isThrownBy(() -> QueryParser.parse("x".repeat(QueryParser.LONGEST + 1)));
		assertThatExceptionOfType(QuerySyntaxException.class)
			.isThrownBy(() -> QueryParser.parse("(".repeat(2_000) + "a" + ")".repeat(1_999)))
			.withMessageContaining("nested");
		assertThatExceptionOfType(QuerySyntaxException.class).isThrownBy(() -> QueryParser.parse("a ".repeat(101)))
			.withMessageContaining("terms");
		assertThatExceptionOfType(QuerySyntaxException.class)
			.isThrownBy(() -> QueryParser.parse("attr.x:(" + "a OR ".repeat(300) + "a)"))
			.withMessageContaining("terms");
	}

	@Test
	void whatIsPrintedReadsAsItWas() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			Expression expression = expression(random, 3);
			assertThat(QueryParser.parse(expression.toString())).as("%s", expression).isEqualTo(expression);
		}
	}

	@Test
	void anyTextIsUnderstoodOrRefusedWithAPlaceInIt() {
		Random random = new Random(7);
		int understood = 0;
		for (int i = 0; i < 50_000; i++) {
			String text = text(random, 40);
			try {
				Expression expression = QueryParser.parse(text);
				assertThat(QueryParser.parse(expression.toString())).as("%s", text).isEqualTo(expression);
				understood++;
			}
			catch (QuerySyntaxException ex) {
				assertThat(ex.position()).as(text).isBetween(0, text.length());
				assertThat(ex.getMessage()).isNotBlank();
			}
		}
		assertThat(understood).isGreaterThan(5_000);
	}

	static Expression expression(Random random, int depth) {
		if (depth > 0 && random.nextInt(3) > 0) {
			return switch (random.nextInt(3)) {
				case 0 -> Expression.allOf(some(random, () -> expression(random, depth - 1)));
				case 1 -> Expression.anyOf(some(random, () -> expression(random, depth - 1)));
				default -> new Expression.Not(notNegated(expression(random, depth - 1)));
			};
		}
		return leaf(random);
	}

	// Reading takes two negations for none.
	private static Expression notNegated(Expression expression) {
		return (expression instanceof Expression.Not not) ? not.part() : expression;
	}

	private static List<Expression> some(Random random, Supplier<Expression> one) {
		List<Expression> some = new ArrayList<>();
		for (int i = 0; i < 2 + random.nextInt(2); i++) {
			some.add(one.get());
		}
		return some;
	}

	private static Expression leaf(Random random) {
		Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
		return switch (random.nextInt(8)) {
			case 0 -> new Expression.TextIs(field(random), text(random, 8),
					random.nextBoolean()) instanceof Expression.TextIs is && (!is.value().isEmpty() || !is.prefix())
							? is : new Expression.Everything();
			case 1 -> new Expression.Exists(field(random));
			case 2 -> new Expression.NumberIs(attribute(random),
					(operator == Operator.EQUAL) ? Operator.LESS : operator, random.nextInt(1_000) / 8.0);
			case 3 -> new Expression.DurationIs(operator, Duration.ofNanos(random.nextLong(1L << 40)));
			case 4 -> new Expression.LevelIs(operator, LogLevel.values()[random.nextInt(LogLevel.values().length)]);
			case 5 -> new Expression.KindIs(SpanKind.values()[random.nextInt(SpanKind.values().length)]);
			case 6 -> new Expression.Phrase(Field.Own.MESSAGE, "x" + text(random, 8), random.nextBoolean());
			default -> new Expression.Phrase(null, "x" + text(random, 8), random.nextBoolean());
		};
	}

	private static Field field(Random random) {
		List<Field.Own> own = List.of(Field.Own.SERVICE, Field.Own.NAME, Field.Own.TRACE, Field.Own.STATUS);
		return random.nextBoolean() ? own.get(random.nextInt(own.size())) : attribute(random);
	}

	private static Field.Attribute attribute(Random random) {
		Field.Attribute.Place place = random.nextBoolean() ? Field.Attribute.Place.SIGNAL
				: Field.Attribute.Place.RESOURCE;
		return new Field.Attribute(place, "n" + text(random, 6));
	}

	private static String text(Random random, int longest) {
		StringBuilder text = new StringBuilder();
		int length = random.nextInt(longest + 1);
		for (int i = 0; i < length; i++) {
			text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
		}
		return text.toString();
	}

}
