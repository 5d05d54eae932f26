package dev.whence.model;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The numbers that lie in tables. What was stored under a number is read under it for
 * good: a constant may be added here, an existing line is never changed.
 */
class StoredCodesTests {

	@Test
	void signalTypesKeepTheirNumbers() {
		assertThat(codes(SignalType.values(), SignalType::code))
			.isEqualTo(Map.of(SignalType.LOG, 0, SignalType.TRACE, 1, SignalType.METRIC, 2));
		assertReadBack(SignalType.values(), SignalType::code, SignalType::ofCode);
	}

	@Test
	void severitiesKeepTheirNumbers() {
		assertThat(codes(Severity.values(), Severity::code))
			.isEqualTo(Map.of(Severity.LOW, 0, Severity.MEDIUM, 1, Severity.HIGH, 2, Severity.CRITICAL, 3));
		assertReadBack(Severity.values(), Severity::code, Severity::ofCode);
	}

	@Test
	void metricKindsKeepTheirNumbers() {
		assertThat(codes(MetricKind.values(), MetricKind::code)).isEqualTo(Map.of(MetricKind.GAUGE, 0, MetricKind.SUM,
				1, MetricKind.HISTOGRAM, 2, MetricKind.EXPONENTIAL_HISTOGRAM, 3, MetricKind.SUMMARY, 4));
		assertReadBack(MetricKind.values(), MetricKind::code, MetricKind::ofCode);
	}

	@Test
	void spanKindsKeepTheNumbersOfOpenTelemetry() {
		assertThat(codes(SpanKind.values(), SpanKind::code))
			.isEqualTo(Map.of(SpanKind.UNSPECIFIED, 0, SpanKind.INTERNAL, 1, SpanKind.SERVER, 2, SpanKind.CLIENT, 3,
					SpanKind.PRODUCER, 4, SpanKind.CONSUMER, 5));
		assertReadBack(SpanKind.values(), SpanKind::code, SpanKind::ofCode);
	}

	@Test
	void aNumberThatStandsForNothingIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Severity.ofCode(4)).withMessageContaining("4");
		assertThatIllegalArgumentException().isThrownBy(() -> SignalType.ofCode(-1)).withMessageContaining("-1");
	}

	private static <E> Map<E, Integer> codes(E[] constants, Function<E, Integer> code) {
		return Stream.of(constants).collect(Collectors.toMap(Function.identity(), code));
	}

	private static <E> void assertReadBack(E[] constants, Function<E, Integer> code, Function<Integer, E> constant) {
		assertThat(constants).allSatisfy((each) -> assertThat(constant.apply(code.apply(each))).isEqualTo(each));
	}

}
