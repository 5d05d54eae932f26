package dev.whence.gateway.fallback;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import dev.whence.model.ProblemCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When refused clients are told to come again. */
class RetryAdviceTests {

	private final AtomicLong clock = new AtomicLong();

	private final RetryAdvice advice = new RetryAdvice(this.clock::get);

	@Test
	void theFirstIsToldToComeSoon() {
		assertThat(this.advice.seconds(ProblemCode.OVERLOADED)).isBetween(1L, 5L);
	}

	@Test
	void theMoreAreRefusedTheLaterAndTheWiderTheyAreSpread() {
		LongStream.range(0, 300).forEach((i) -> this.advice.answered());
		long[] told = LongStream.range(0, 1200).map((i) -> this.advice.seconds(ProblemCode.OVERLOADED)).toArray();

		assertThat(LongStream.of(told).max().orElseThrow()).isBetween(20L, 41L);
		assertThat(LongStream.of(told).distinct().count()).isGreaterThan(15);
	}

	@Test
	void nobodyIsSentAwayForLongerThanAMinute() {
		long longest = LongStream.range(0, 10_000)
			.map((i) -> this.advice.seconds(ProblemCode.OVERLOADED))
			.max()
			.orElse(0);

		assertThat(longest).isBetween(30L, 60L);
	}

	@Test
	void aServiceThatIsAwayHasNoQueue() {
		long longest = LongStream.range(0, 1000)
			.map((i) -> this.advice.seconds(ProblemCode.DEPENDENCY_UNAVAILABLE))
			.max()
			.orElse(0);

		assertThat(longest).isEqualTo(5);
	}

	@Test
	void whatWasIsForgotten() {
		LongStream.range(0, 1000).forEach((i) -> this.advice.seconds(ProblemCode.OVERLOADED));
		this.clock.addAndGet(Duration.ofSeconds(11).toNanos());

		assertThat(this.advice.seconds(ProblemCode.OVERLOADED)).isBetween(1L, 5L);
	}

}
