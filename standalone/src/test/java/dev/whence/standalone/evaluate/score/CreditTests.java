package dev.whence.standalone.evaluate.score;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CreditTests {

	@Test
	void theFirstPlaceIsWorthAll() {
		Credit credit = credit("cart", ranked("cart", 3), ranked("web", 2));
		assertThat(credit.top()).containsExactly(1.0, 1.0, 1.0, 1.0, 1.0);
		assertThat(credit.reciprocalRank()).isEqualTo(1.0);
	}

	@Test
	void theThirdPlaceIsAmongTheFirstThree() {
		Credit credit = credit("cart", ranked("web", 3), ranked("pay", 2), ranked("cart", 1));
		assertThat(credit.top()).containsExactly(0.0, 0.0, 1.0, 1.0, 1.0);
		assertThat(credit.reciprocalRank()).isEqualTo(1.0 / 3, within(1e-12));
	}

	@Test
	void thoseWithTheSameScoreShareTheirPlaces() {
		Credit credit = credit("cart", ranked("web", 3), ranked("pay", 2), ranked("cart", 2), ranked("ads", 2));
		assertThat(credit.top(1)).isZero();
		assertThat(credit.top(2)).isEqualTo(1.0 / 3, within(1e-12));
		assertThat(credit.top(3)).isEqualTo(2.0 / 3, within(1e-12));
		assertThat(credit.top(4)).isEqualTo(1.0);
		assertThat(credit.reciprocalRank()).isEqualTo((1.0 / 2 + 1.0 / 3 + 1.0 / 4) / 3, within(1e-12));
	}

	@Test
	void namingEverybodyAlikeIsWorthNoMoreThanChance() {
		assertThat(credit("cart", ranked("web", 1), ranked("pay", 1), ranked("cart", 1), ranked("ads", 1)).top(1))
			.isEqualTo(0.25);
	}

	@Test
	void whoeverIsNamedAgainIsPassedOver() {
		assertThat(credit("cart", ranked("web", 3), ranked("Web ", 2), ranked("cart", 1)).top(2)).isEqualTo(1.0);
	}

	@Test
	void caseAndBlanksDoNotCount() {
		assertThat(credit(" Cart", ranked("CART", 1)).top(1)).isEqualTo(1.0);
	}

	@Test
	void withoutTheTruthThereIsNothing() {
		Credit credit = credit("cart", ranked("web", 1));
		assertThat(credit.top(5)).isZero();
		assertThat(credit.reciprocalRank()).isZero();
		assertThat(credit("cart").top(5)).isZero();
	}

	@Test
	void oneOfSeveralTruthsIsEnough() {
		assertThat(Credit.of(List.of(ranked("cart-1", 1)), Set.of("cart", "cart-1")).top(1)).isEqualTo(1.0);
	}

	private static Credit credit(String truth, Ranked... ranking) {
		return Credit.of(List.of(ranking), Set.of(truth));
	}

	private static Ranked ranked(String service, double score) {
		return new Ranked(service, score);
	}

}
