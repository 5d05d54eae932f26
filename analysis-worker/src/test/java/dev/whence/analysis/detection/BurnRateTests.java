package dev.whence.analysis.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BurnRateTests {

	private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");

	// A budget of 1 %: 14.4 % of errors burn it 14.4 times as fast as it may.
	private final BurnRate rate = new BurnRate(0.99);

	@Test
	void anHourOfManyErrorsIsCritical() {
		assertThat(this.rate.isCritical(minutes(60, (_) -> 150), END)).isTrue();
		assertThat(this.rate.isCritical(minutes(60, (_) -> 140), END)).isFalse();
	}

	@Test
	void sixHoursOfFewerErrorsAreCritical() {
		assertThat(this.rate.isCritical(minutes(360, (_) -> 61), END)).isTrue();
		assertThat(this.rate.isCritical(minutes(360, (_) -> 59), END)).isFalse();
	}

	@Test
	void whatIsOverIsNotCritical() {
		assertThat(this.rate.isCritical(minutes(360, (ago) -> (ago > 20) ? 500 : 0), END)).isFalse();
	}

	@Test
	void aBlipIsNotCritical() {
		assertThat(this.rate.isCritical(minutes(360, (ago) -> (ago <= 5) ? 150 : 0), END)).isFalse();
	}

	@Test
	void aServiceThatWasSeenForTooShortATimeIsNotJudged() {
		assertThat(this.rate.isCritical(minutes(29, (_) -> 1000), END)).isFalse();
		assertThat(this.rate.isCritical(minutes(30, (_) -> 1000), END)).isTrue();
	}

	@Test
	void withoutRequestsThereIsNoError() {
		assertThat(this.rate.isCritical(List.of(), END)).isFalse();
		assertThat(this.rate.isCritical(minutes(360, (_) -> 0), END)).isFalse();
	}

	@Test
	void anObjectiveOfAllOrNothingIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BurnRate(1));
		assertThatIllegalArgumentException().isThrownBy(() -> new BurnRate(Double.NaN));
	}

	private static List<BurnRate.Minute> minutes(int count, IntUnaryOperator errorsMinutesAgo) {
		return IntStream.rangeClosed(1, count)
			.mapToObj((ago) -> new BurnRate.Minute(END.minus(Duration.ofMinutes(ago)), 1000,
					errorsMinutesAgo.applyAsInt(ago)))
			.toList();
	}

}
