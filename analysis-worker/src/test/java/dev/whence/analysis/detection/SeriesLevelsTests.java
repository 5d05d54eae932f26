package dev.whence.analysis.detection;

import java.util.Arrays;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesLevelsTests {

	private static final double[] USUAL = DoubleStream.iterate(0, (i) -> i + 1)
		.limit(80)
		.map((i) -> 80 + 10 * (i % 5))
		.toArray();

	@Test
	void fiveMinutesFarAboveEverythingBeforeAreARise() {
		assertThat(SeriesLevels.rise(then(USUAL, 400, 420, 390, 500, 410))).hasValueSatisfying((rise) -> {
			assertThat(rise.now()).isEqualTo(390);
			assertThat(rise.before()).isEqualTo(80);
		});
	}

	@Test
	void aMinuteThatFallsBackToTheUsualEndsTheRun() {
		assertThat(SeriesLevels.rise(then(USUAL, 400, 420, 90, 500, 410))).isEmpty();
	}

	@Test
	void aSeriesThatIsSlowAllDayLongIsNotRising() {
		double[] slow = Arrays.stream(USUAL).map((value) -> value * 50).toArray();
		assertThat(SeriesLevels.rise(then(slow, 5000, 5100, 5050, 5200, 5000))).isEmpty();
	}

	@Test
	void whatJumpsByItselfMustStayAboveItsOwnJumps() {
		double[] jumping = USUAL.clone();
		Arrays.fill(jumping, 10, 16, 300);
		assertThat(SeriesLevels.rise(then(jumping, 400, 420, 390, 500, 410))).isEmpty();
		assertThat(SeriesLevels.rise(then(jumping, 1400, 1420, 1390, 1500, 1410))).isPresent();
	}

	@Test
	void nobodyComplainsOfFortyMilliseconds() {
		double[] fast = Arrays.stream(USUAL).map((value) -> value / 50).toArray();
		assertThat(SeriesLevels.rise(then(fast, 40, 40, 40, 40, 40))).isEmpty();
	}

	@Test
	void whoseNormalIsNotKnownCannotDeviate() {
		assertThat(SeriesLevels.rise(then(Arrays.copyOf(USUAL, 59), 4000, 4000, 4000, 4000, 4000))).isEmpty();
		assertThat(SeriesLevels.rise(new double[0])).isEmpty();
	}

	private static double[] then(double[] before, double... now) {
		return DoubleStream.concat(Arrays.stream(before), Arrays.stream(now)).toArray();
	}

}
