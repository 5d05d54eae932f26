package dev.whence.standalone.evaluate.score;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AccuracyTests {

	@Test
	void sharesAreOfAllCases() {
		Accuracy accuracy = Accuracy.of(List.of(at(1), at(1), at(3), at(9)));
		assertThat(accuracy.cases()).isEqualTo(4);
		assertThat(accuracy.top1()).isEqualTo(0.5);
		assertThat(accuracy.top3()).isEqualTo(0.75);
		assertThat(accuracy.top5()).isEqualTo(0.75);
		assertThat(accuracy.reciprocalRank()).isEqualTo((1 + 1 + 1.0 / 3 + 1.0 / 9) / 4, within(1e-12));
	}

	@Test
	void withoutCasesThereIsNothingToShare() {
		assertThat(Accuracy.of(List.of()).top1()).isZero();
	}

	@Test
	void casesThatAgreeLeaveNoDoubt() {
		assertThat(Bootstrap.ofMean(Collections.nCopies(20, 1.0))).isEqualTo(new Bootstrap(1, 1));
	}

	// The binomial with n = 20 and p = 0.5 has 2.5 % below 6 and 2.5 % above 14.
	@Test
	void theIntervalOfHalfOfTwentyIsThatOfTheBinomial() {
		List<Double> values = Stream
			.concat(Collections.nCopies(10, 0.0).stream(), Collections.nCopies(10, 1.0).stream())
			.toList();
		Bootstrap interval = Bootstrap.ofMean(values);
		assertThat(interval.low()).isBetween(0.25, 0.30);
		assertThat(interval.high()).isBetween(0.70, 0.75);
		assertThat(Bootstrap.ofMean(values)).isEqualTo(interval);
	}

	@Test
	void theConstantAnswerNamesTheMostFrequentFirst() {
		ConstantPredictor constant = ConstantPredictor
			.of(List.of("cart", "web", "cart", "pay", "cart", "web", "ads", "mail"));
		assertThat(constant.top(1)).isEqualTo(3.0 / 8);
		assertThat(constant.top(3)).isEqualTo(6.0 / 8);
		assertThat(constant.top(9)).isEqualTo(1.0);
	}

	/** A ranking whose truth has this place. */
	private static Credit at(int place) {
		List<Ranked> ranking = Stream.iterate(1, (i) -> i + 1)
			.limit(10)
			.map((i) -> new Ranked((i == place) ? "cart" : "other-" + i, 100 - i))
			.toList();
		return Credit.of(ranking, Set.of("cart"));
	}

}
