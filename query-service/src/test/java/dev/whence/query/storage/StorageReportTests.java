package dev.whence.query.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.query.storage.StorageView.Kind;
import dev.whence.query.storage.StorageView.Service;
import dev.whence.query.storage.StorageView.Share;
import dev.whence.store.rollup.SignalTotals;
import dev.whence.store.storage.ClosedSize;
import dev.whence.store.storage.DataKind;
import dev.whence.store.storage.StorageSizes.Snapshot;
import dev.whence.store.storage.TableSize;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StorageReportTests {

	private static final Instant NOW = Instant.parse("2026-03-11T00:00:00Z");

	private static final ProjectId MINE = new ProjectId(1);

	private static final ProjectId THEIRS = new ProjectId(2);

	private static final Map<SignalType, Integer> RETENTION = Map.of(SignalType.LOG, 7, SignalType.TRACE, 30,
			SignalType.METRIC, 90);

	private static final List<TableSize> TABLES = List.of(new TableSize("log_record", DataKind.LOGS, 100, 80_000),
			new TableSize("problem", DataKind.OTHER, 40, 4_000),
			new TableSize("rollup_span", DataKind.ROLLUPS, 0, 8_000), new TableSize("run_event", DataKind.RUNS, 0, 0),
			new TableSize("segment", DataKind.SEGMENTS, 7, 60_000), new TableSize("span", DataKind.SPANS, 50, 20_000));

	private static final Snapshot TWO_PROJECTS = new Snapshot(NOW, TABLES,
			Map.of(1, new ClosedSize(2, 900, 40_000, NOW), 2, new ClosedSize(3, 100, 10_000, NOW)),
			Map.of(1, new SignalTotals(600, 400, 200), 2, new SignalTotals(200, 100, 100)));

	@Test
	void projectsTogetherHaveEverythingAndEachItsShare() {
		StorageView mine = view(TWO_PROJECTS, MINE, Map.of());
		StorageView theirs = view(TWO_PROJECTS, THEIRS, Map.of());
		assertThat(mine.totalBytes() + theirs.totalBytes()).isEqualTo(172_000);
		assertThat(share(mine, "log_record")).isEqualTo(new Share("log_record", "logs", 75, true, 60_000, 800.0));
		assertThat(share(mine, "span").bytes()).isEqualTo(16_000);
		assertThat(share(mine, "segment")).isEqualTo(new Share("segment", "segments", 2, false, 48_000, 24_000.0));
		assertThat(share(mine, "problem").bytes()).isEqualTo(3_000);
		assertThat(mine.tables()).extracting(Share::table).doesNotContain("run_event");
	}

	@Test
	void kindsHaveTheirRowsAndTheirPartOfTheSegments() {
		List<Kind> kinds = view(TWO_PROJECTS, MINE, Map.of()).kinds();
		assertThat(kinds).extracting(Kind::kind)
			.containsExactly("logs", "spans", "metrics", "runs", "rollups", "other");
		assertThat(kinds.get(0)).isEqualTo(new Kind("logs", 600L, 84_000, 140.0));
		assertThat(kinds.get(1)).isEqualTo(new Kind("spans", 400L, 32_000, 80.0));
		assertThat(kinds.get(2)).isEqualTo(new Kind("metrics", 200L, 8_000, 40.0));
		assertThat(kinds.stream().mapToLong(Kind::bytes).sum())
			.isEqualTo(view(TWO_PROJECTS, MINE, Map.of()).totalBytes());
	}

	@Test
	void aServiceIsReckonedWithWhatClosedSignalsTakeAndForAsLongAsTheyAreKept() {
		StorageView view = view(TWO_PROJECTS, MINE,
				Map.of("cart", new SignalTotals(700, 0, 0), "shop", new SignalTotals(0, 70, 700)));
		double each = 48_000 / 900.0;
		Service shop = view.services().getFirst();
		assertThat(shop.service()).isEqualTo("shop");
		assertThat(shop.signalsPerDay()).isCloseTo(110, within(0.01));
		assertThat(shop.bytesPerDay()).isCloseTo(110 * each, within(0.01));
		// Spans for 30 days; points for the ten that there are and the 30 to come.
		assertThat(shop.forecastBytes()).isEqualTo(Math.round(10 * each * 30 + 100 * each * 40));
		assertThat(view.services().getLast().forecastBytes()).isEqualTo(Math.round(100 * each * 7));
		assertThat(view.forecast().days()).isEqualTo(30);
		assertThat(view.forecast().bytes())
			.isEqualTo(view.services().stream().mapToLong(Service::forecastBytes).sum() + 3_000 + 6_000);
	}

	@Test
	void beforeAnythingIsClosedASignalTakesWhatItsRowTakes() {
		Snapshot rows = new Snapshot(NOW, TABLES, Map.of(), Map.of(1, new SignalTotals(100, 50, 0)));
		StorageView view = view(rows, MINE, Map.of("cart", new SignalTotals(70, 0, 0)));
		assertThat(view.services().getFirst().bytesPerDay()).isCloseTo(10 * 800, within(0.01));
		assertThat(view.segments().count()).isZero();
	}

	@Test
	void aProjectWithoutDataHasNoShare() {
		StorageView view = view(TWO_PROJECTS, new ProjectId(3), Map.of());
		assertThat(view.totalBytes()).isZero();
		assertThat(view.tables()).isEmpty();
		assertThat(view.forecast().bytes()).isZero();
	}

	private static StorageView view(Snapshot sizes, ProjectId project, Map<String, SignalTotals> services) {
		return new StorageReport(sizes, project, RETENTION).view(services, Duration.ofDays(7),
				NOW.minus(Duration.ofDays(10)));
	}

	private static Share share(StorageView view, String table) {
		return view.tables().stream().filter((share) -> share.table().equals(table)).findFirst().orElseThrow();
	}

}
