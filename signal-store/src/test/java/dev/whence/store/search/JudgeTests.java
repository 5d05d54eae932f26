package dev.whence.store.search;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.model.search.QueryParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JudgeTests {

	private static final TraceId TRACE = new TraceId("4bf92f3577b34da6a3ce929d0e0e4736");

	private static final Signal LOG = new LogRecord(UUID.randomUUID(), TRACE, "00f067aa0ba902b7", "cart", Instant.EPOCH,
			"Warning", "Order 17 timed out at /api/cart",
			Map.of("user.id", "42", "retry", 3L, "cold", true, "tags", List.of("a")),
			Map.of("k8s.pod.name", "cart-7f9"), Map.of());

	private static final Signal SPAN = new Span(UUID.randomUUID(), TRACE, "00f067aa0ba902b7", null, "pay", "POST /pay",
			SpanKind.SERVER, Instant.EPOCH, Duration.ofMillis(300), "STATUS_CODE_ERROR", "card declined",
			Map.of("http.status_code", 503L, "http.method", "POST"), Map.of(), Map.of());

	private static final Signal POINT = new MetricPoint(UUID.randomUUID(), null, "pay", Instant.EPOCH, "cpu.load",
			MetricKind.GAUGE, 0.75, "1", Map.of(), Map.of(), Map.of());

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			service:cart level:>=warn               | log
			service:car*                            | log
			service:ca                              |
			level:error                             |
			-level:error                            | log span point
			severity:warn                           | log
			timed out                               | log
			"timed out"                             | log
			"out timed"                             |
			tim                                     |
			tim*                                    | log
			/api/cart                               | log
			declined                                | span
			status_message:card                     | span
			message:card                            |
			user.id:42                              | log
			-user.id:42                             | span point
			attr.user.id:42                         | log
			resource.user.id:42                     |
			k8s.pod.name:cart-*                     | log
			user.id:*                               | log
			tags:*                                  | log
			tags:a                                  |
			cold:true                               | log
			retry:3                                 | log
			retry:<=3 retry:>2.5                    | log
			user.id:>41                             | log
			http.status_code:>=500                  | span
			http.status_code:(500 OR 503)           | span
			http.status_code:!=503                  | log point
			duration:>250ms                         | span
			duration:<=300ms                        | span
			duration:<0.3s                          |
			kind:server                             | span
			status:error                            | span
			status:status_code_error                | span
			-status:error                           | log point
			trace:4bf92f3577b34da6a3ce929d0e0e4736  | log span
			trace:4bf9*                             | log span
			span:00f067aa0ba902b7                   | log span
			parent:*                                |
			name:"POST /pay" OR metric:cpu*         | span point
			value:>0.5                              | point
			unit:1                                  | point
			(service:pay OR service:cart) -load     | log span
			cpu.load                                | point
			""")
	void aSearchFinds(String search, @Nullable String expected) {
		StringBuilder found = new StringBuilder();
		Map<String, Signal> all = new LinkedHashMap<>();
		all.put("log", LOG);
		all.put("span", SPAN);
		all.put("point", POINT);
		all.forEach((name, signal) -> {
			if (Judge.of(QueryParser.parse(search)).test(new StoredSignal(signal))) {
				found.append(found.isEmpty() ? "" : " ").append(name);
			}
		});
		assertThat(found).hasToString((expected != null) ? expected : "");
	}

}
