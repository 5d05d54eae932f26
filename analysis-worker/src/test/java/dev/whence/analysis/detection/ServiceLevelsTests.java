package dev.whence.analysis.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.whence.analysis.behaviour.Operation;
import dev.whence.model.Severity;
import dev.whence.store.rollup.DurationSketch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceLevelsTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final Operation ORDER = new Operation("shop", "POST /order");

	private static final Operation STOCK = new Operation("stock", "GET /stock");

	private static final Set<String> CALLED = Set.of("stock");

	@Test
	void anOrdinaryMinuteDeviatesInNothing() {
		assertThat(find(minute(60, served(103, 1, 52), served(98, 0, 21)))).isEmpty();
	}

	@Test
	void aSlowDependencyThatNeverSaysErrorIsSeen() {
		List<Deviation> found = find(minute(60, served(100, 1, 50), served(100, 0, 400)));
		assertThat(found).singleElement().satisfies((deviation) -> {
			assertThat(deviation.kind()).isEqualTo(Deviation.Kind.LATENCY);
			assertThat(deviation.service()).isEqualTo("stock");
			assertThat(deviation.severity()).isEqualTo(Severity.MEDIUM);
		});
	}

	@Test
	void failuresWhereUsersComeInAreGrave() {
		assertThat(find(minute(60, served(100, 12, 50), served(100, 0, 20)))).singleElement().satisfies((deviation) -> {
			assertThat(deviation.kind()).isEqualTo(Deviation.Kind.ERROR_RATIO);
			assertThat(deviation.severity()).isEqualTo(Severity.HIGH);
		});
	}

	@Test
	void aServiceThatStopsServingIsSeenAsMuchAsOneThatIsFlooded() {
		assertThat(find(minute(60, served(100, 0, 50), served(0, 0, 20)))).singleElement()
			.extracting(Deviation::subject)
			.isEqualTo("lost");
		assertThat(find(minute(60, served(100, 0, 50), served(2000, 0, 20)))).singleElement()
			.extracting(Deviation::subject)
			.isEqualTo("flooded");
	}

	@Test
	void twiceTheTrafficInTheSameMannerIsNoDeviation() {
		assertThat(find(minute(60, served(200, 2, 50), served(200, 0, 20)))).isEmpty();
	}

	@Test
	void fewCallsProveNothing() {
		assertThat(find(minute(60, served(6, 3, 900), served(100, 0, 20))))
			.noneMatch((deviation) -> deviation.kind() == Deviation.Kind.LATENCY
					|| deviation.kind() == Deviation.Kind.ERROR_RATIO);
	}

	@Test
	void withoutEnoughNormalTimeNothingDeviates() {
		MinuteView now = minute(60, served(100, 90, 5000), served(100, 90, 5000));
		assertThat(ServiceLevels.find(now, normal().subList(0, 4), CALLED)).isEmpty();
	}

	private static List<Deviation> find(MinuteView now) {
		return ServiceLevels.find(now, normal(), CALLED);
	}

	private static List<MinuteView> normal() {
		return IntStream.range(0, 12)
			.mapToObj((minute) -> minute(minute, served(100 + minute, minute % 2, 50 + minute % 3),
					served(95 + minute, 0, 20 + minute % 2)))
			.toList();
	}

	private static MinuteView minute(int minute, MinuteView.Served order, MinuteView.Served stock) {
		return new MinuteView(NOON.plusSeconds(60L * minute), new TreeMap<>(Map.of(ORDER, order, STOCK, stock)));
	}

	private static MinuteView.Served served(int calls, int errors, int millis) {
		long[] nanos = new long[calls];
		Arrays.fill(nanos, Duration.ofMillis(millis).toNanos());
		return new MinuteView.Served(calls, errors, DurationSketch.of(nanos));
	}

}
