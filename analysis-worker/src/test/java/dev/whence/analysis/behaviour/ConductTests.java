package dev.whence.analysis.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.whence.model.LogRecord;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConductTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@Test
	void anExecutionTakesItsStepsInTheirOrder() {
		Conduct conduct = shop("one", 1).conduct();
		Habit habit = conduct.habit(new Operation("shop", "GET /cart"));
		Step call = Step.call(new Operation("shop", "call find"));
		assertThat(habit.courses()).containsExactly(Map.entry(new Course(
				Stream.of(Step.statement("began"), call, Step.statement("found *")).collect(Collectors.toSet()),
				Step.statement("found *")), 1));
		assertThat(habit.seen(Step.START)).isEqualTo(1);
		assertThat(habit.together(call, Step.statement("began"))).isEqualTo(1);
		assertThat(habit.ended(call)).isZero();
	}

	@Test
	void theWayIsWhatTheCalleeDidNotSpend() {
		Conduct conduct = shop("one", 3).conduct();
		assertThat(conduct.gap(new Edge("shop", "stock")).milliseconds().median()).isEqualTo(4);
		assertThat(conduct.habit(new Operation("shop", "call find")).calling()).isTrue();
		assertThat(conduct.habit(new Operation("stock", "find")).own().milliseconds().median()).isEqualTo(7);
		assertThat(conduct.habit(new Operation("shop", "GET /cart")).own().milliseconds().median()).isEqualTo(7);
	}

	@Test
	void addedMinutesAreTheMinutesCountedTogether() {
		Traffic one = shop("one", 20);
		Traffic other = shop("other", 13).requests(4, "mail", "send", (request) -> request.logs("ERROR", "no route"));
		List<Signal> both = Stream.concat(one.signals().stream(), other.signals().stream()).toList();
		assertThat(one.conduct().plus(other.conduct())).isEqualTo(Conduct.of(both, new LogStatements()))
			.isEqualTo(other.conduct().plus(one.conduct()));
	}

	@Test
	void theOrderOfTheSignalsDoesNotMatter() {
		Traffic traffic = shop("one", 20);
		Random random = new Random(3);
		for (int i = 0; i < 10; i++) {
			assertThat(Conduct.of(traffic.shuffled(random), new LogStatements())).isEqualTo(traffic.conduct());
		}
	}

	@Test
	void aStatementIsItsPlaceInTheCodeWhereThatIsKnown() {
		LogStatements statements = new LogStatements();
		assertThat(statements.apply(log("a", Map.of("logger", "c.s.Orders", "line", 12L)))).isEqualTo("c.s.Orders#12");
		assertThat(statements.apply(log("a", Map.of("code.file.path", "Orders.java", "code.line.number", 7L))))
			.isEqualTo("Orders.java#7");
		assertThat(statements.apply(log("a", Map.of("code.filepath", "o.py", "code.lineno", "9")))).isEqualTo("o.py#9");
		assertThat(statements.apply(log("Order 4711 of user=kim stored in 12ms", Map.of("logger", "c.s.Orders"))))
			.isEqualTo("Order * of user*");
	}

	@Test
	void aLogRecordMaySayItsSpanInAnAttribute() {
		Span span = span("s1", null, 0);
		LogRecord log = new LogRecord(UUID.randomUUID(), span.traceId(), null, "shop", NOON.plusMillis(1), "INFO",
				"here", Map.of("span_id", "s1"), Map.of(), Map.of());
		assertThat(Conduct.of(List.of(log, span), new LogStatements())
			.habit(new Operation("shop", "s1"))
			.seen(Step.statement("here"))).isEqualTo(1);
	}

	@Test
	void spansThatWouldBeTheirOwnAncestorsAreCounted() {
		List<Span> circle = List.of(span("a", "c", 1), span("b", "a", 2), span("c", "b", 3), span("d", "d", 4));
		ConductWindow window = ConductWindow.of(circle, new LogStatements());
		assertThat(window.executions()).hasSize(4);
		assertThat(window.executions()).filteredOn((execution) -> execution.parent() == null).hasSize(2);
	}

	@Test
	void theConductOfAMinuteComesBackEqual() {
		Conduct conduct = shop("one", 150).requests(3, "mail", "send", (request) -> request.logs("ERROR", "no route"))
			.conduct();
		byte[] encoded = ConductCodec.encode(conduct);
		assertThat(ConductCodec.decode(encoded)).isEqualTo(conduct);
		assertThat(ConductCodec.encode(ConductCodec.decode(encoded))).isEqualTo(encoded);
		assertThat(encoded).hasSizeLessThan(1_000);
	}

	@Test
	void nothingComesBackAsNothing() {
		assertThat(ConductCodec.decode(ConductCodec.encode(Conduct.none()))).isEqualTo(Conduct.none());
	}

	@Test
	void damagedBytesAreRefused() {
		byte[] encoded = ConductCodec.encode(shop("one", 30).conduct());
		Random random = new Random(1);
		for (int i = 0; i < 2_000; i++) {
			byte[] damaged = encoded.clone();
			damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
			try {
				ConductCodec.decode(damaged);
			}
			catch (IllegalArgumentException ex) {
				assertThat(ex).hasMessageContaining("onduct");
			}
		}
	}

	@Test
	void hostileTelemetryDoesNotMakeAMinuteLarge() {
		Traffic traffic = new Traffic("hostile");
		Random random = new Random(7);
		for (int i = 0; i < 3_000; i++) {
			traffic.requests(1, "shop", "GET /" + word(random), (request) -> request.logs(word(random)).works(1));
		}
		for (int i = 0; i < 1_000; i++) {
			traffic.requests(1, "shop", "GET /cart",
					(request) -> request.logs(word(random)).works(random.nextInt(500)));
			traffic.requests(1, "shop", "GET /any",
					(request) -> IntStream.range(0, 12)
						.filter((step) -> random.nextBoolean())
						.forEach((step) -> request.logs("step " + (char) ('a' + step))));
		}
		Conduct conduct = traffic.conduct();
		byte[] encoded = ConductCodec.encode(conduct);
		assertThat(encoded).hasSizeLessThan(100_000);
		Conduct kept = ConductCodec.decode(encoded);
		assertThat(kept).isEqualTo(ConductLimits.apply(conduct))
			.isEqualTo(ConductLimits.apply(ConductLimits.apply(conduct)));
		assertThat(kept.operations()).hasSize(500);
		assertThat(kept.habit(new Operation("shop", "GET /cart")).isSettled()).isFalse();
		assertThat(kept.executions(new Operation("shop", "GET /cart"))).isEqualTo(1_000);
		Habit sampled = kept.habit(new Operation("shop", "GET /any"));
		assertThat(sampled.courses()).hasSizeLessThanOrEqualTo(200);
		assertThat(sampled.seen(Step.statement("step a")) / (double) sampled.executions()).isBetween(0.4, 0.6);
		assertThat(kept.habit(new Operation("shop", "GET /cart")).own().milliseconds().median()).isBetween(230.0,
				270.0);
	}

	private static String word(Random random) {
		return random.ints(60, 'g', 'z')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static Traffic shop(String name, int count) {
		return new Traffic(name).requests(count, "shop", "GET /cart",
				(request) -> request.logs("began")
					.calls("stock", "find", 4, (stock) -> stock.works(7))
					.works(5)
					.logs("found 12"));
	}

	private static LogRecord log(String message, Map<String, @Nullable Object> attributes) {
		return new LogRecord(UUID.randomUUID(), null, null, "shop", NOON, "INFO", message, attributes, Map.of(),
				Map.of());
	}

	private static Span span(String id, @Nullable String parent, long at) {
		return new Span(UUID.nameUUIDFromBytes(id.getBytes()), new TraceId("t1"), id, parent, "shop", id,
				SpanKind.UNSPECIFIED, NOON.plusMillis(at), Duration.ofMillis(5), "OK", null, Map.of(), Map.of(),
				Map.of());
	}

}
