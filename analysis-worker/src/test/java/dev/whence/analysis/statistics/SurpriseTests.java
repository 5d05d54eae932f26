package dev.whence.analysis.statistics;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SurpriseTests {

	@Test
	void tenScalesOffAreOnceInAThousandBecauseTelemetryHasHeavyTails() {
		assertThat(Surprise.ofDeviation(3)).isCloseTo(1.54, within(0.01));
		assertThat(Surprise.ofDeviation(10)).isCloseTo(2.97, within(0.01));
		assertThat(Surprise.ofDeviation(199.999)).isCloseTo(Surprise.ofDeviation(200.001), within(0.001));
		assertThat(Surprise.ofDeviation(-3)).isZero();
		assertThat(Surprise.ofDeviation(Double.NaN)).isZero();
	}

	@Test
	void fiveHitsOfTenWithNoHistoryToSpeakOfSurpriseNobody() {
		assertThat(Surprise.ofSoFew(5, 10, 2, 4)).isLessThan(0.4);
		assertThat(Surprise.ofSoMany(5, 10, 2, 4)).isLessThan(0.4);
	}

	@Test
	void aLongHistoryMakesTheSameLossMoreSurprising() {
		double afterAMinute = Surprise.ofSoFew(0, 10, 5, 5);
		double afterAnHour = Surprise.ofSoFew(0, 10, 300, 300);
		assertThat(afterAnHour).isGreaterThan(2 * afterAMinute);
	}

	@Test
	void theTailsOfTheBetaBinomialDistributionMeetInTheMiddle() {
		double atMostThree = Math.pow(10, -Surprise.ofSoFew(3, 12, 4.5, 20));
		double atLeastFour = Math.pow(10, -Surprise.ofSoMany(4, 12, 4.5, 20));
		assertThat(atMostThree + atLeastFour).isCloseTo(1, within(1e-9));
	}

	@Test
	void aCountSurprisesLessWhereCountsComeInBursts() {
		assertThat(Surprise.ofCount(0, 2, 10)).isZero();
		assertThat(Surprise.ofCount(20, 2, 0.5)).isLessThan(Surprise.ofCount(20, 2, 10));
	}

	@Test
	void theLogarithmOfTheGammaFunctionIsThatOfTheFactorial() {
		assertThat(Surprise.logGamma(11)).isCloseTo(Math.log(3628800), within(1e-10));
		assertThat(Surprise.logGamma(0.5)).isCloseTo(Math.log(Math.sqrt(Math.PI)), within(1e-10));
	}

	@Test
	void quantilesLieBetweenNeighbours() {
		Sample sample = Sample.of(4, 1, 3, 2);
		assertThat(sample.median()).isEqualTo(2.5);
		assertThat(sample.quantile(1)).isEqualTo(4);
		assertThat(sample.above(2)).isEqualTo(2);
		assertThat(sample.medianAbsoluteDeviation()).isEqualTo(1);
	}

}
