package dev.whence.query.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.query.storage.StorageView.Forecast;
import dev.whence.query.storage.StorageView.Kind;
import dev.whence.query.storage.StorageView.Segments;
import dev.whence.query.storage.StorageView.Service;
import dev.whence.query.storage.StorageView.Share;
import dev.whence.store.rollup.SignalTotals;
import dev.whence.store.storage.ClosedSize;
import dev.whence.store.storage.DataKind;
import dev.whence.store.storage.StorageSizes.Snapshot;
import dev.whence.store.storage.TableSize;
import org.jspecify.annotations.Nullable;

/**
 * Works out what of the stored data is a project's. Segments say whose they are; of every
 * other table a project has the share that it has of the signals. Within segments the
 * kinds lie together, so a signal of each counts for the same.
 */
final class StorageReport {

	static final int FORECAST_DAYS = 30;

	private static final int MOST_SERVICES = 1_000;

	private static final Set<DataKind> KINDS_OF_SIGNALS = Set.of(DataKind.LOGS, DataKind.SPANS, DataKind.METRICS);

	private final Snapshot sizes;

	private final ProjectId project;

	private final Map<SignalType, Integer> retention;

	/**
	 * @param retention for how many days signals are kept
	 */
	StorageReport(Snapshot sizes, ProjectId project, Map<SignalType, Integer> retention) {
		this.sizes = sizes;
		this.project = project;
		this.retention = retention;
	}

	/**
	 * @param services what each of them sent
	 * @param during in which time
	 * @param first when the first signal came that is counted; null for none
	 */
	StorageView view(Map<String, SignalTotals> services, Duration during, @Nullable Instant first) {
		List<Share> tables = this.sizes.tables()
			.stream()
			.map(this::share)
			.filter((share) -> share.bytes() > 0)
			.toList();
		double days = days(during);
		double stored = (first != null) ? days(Duration.between(first, this.sizes.at())) : 0;
		List<Service> all = new ArrayList<>();
		services.forEach((name, signals) -> all.add(service(name, signals, days, stored)));
		all.sort(Comparator.comparingDouble(Service::bytesPerDay).reversed().thenComparing(Service::service));
		long forecast = all.stream().mapToLong(Service::forecastBytes).sum()
				+ tables.stream().filter((share) -> isKeptBeside(share.kind())).mapToLong(Share::bytes).sum();
		ClosedSize closed = this.sizes.closed(this.project);
		return new StorageView(tables, kinds(), all.stream().limit(MOST_SERVICES).toList(),
				tables.stream().mapToLong(Share::bytes).sum(), new Forecast(FORECAST_DAYS, forecast),
				new Segments(closed.segments(), closed.signals(), closed.bytes()), this.sizes.at(),
				all.size() > MOST_SERVICES);
	}

	private Share share(TableSize table) {
		double share = this.sizes.share(this.project, table.kind());
		boolean closed = table.kind() == DataKind.SEGMENTS;
		long rows = closed ? this.sizes.closed(this.project).segments() : Math.round(table.rows() * share);
		long bytes = Math.round(table.bytes() * share);
		return new Share(table.table(), table.kind().wireName(), rows, !closed, bytes, ratio(bytes, rows));
	}

	private List<Kind> kinds() {
		List<Kind> kinds = new ArrayList<>();
		for (DataKind kind : DataKind.values()) {
			if (KINDS_OF_SIGNALS.contains(kind)) {
				long signals = signals(this.sizes.signals(this.project), kind);
				long bytes = Math.round(bytes(kind) + bytes(DataKind.SEGMENTS) * shareOfSignals(kind));
				kinds.add(new Kind(kind.wireName(), signals, bytes, ratio(bytes, signals)));
			}
			else if (kind != DataKind.SEGMENTS) {
				long bytes = Math.round(bytes(kind));
				Long events = (kind == DataKind.RUNS) ? runEvents() : null;
				kinds.add(new Kind(kind.wireName(), events, bytes, (events != null) ? ratio(bytes, events) : null));
			}
		}
		return kinds;
	}

	private Service service(String name, SignalTotals signals, double days, double stored) {
		double perDay = 0;
		double bytesPerDay = 0;
		double forecast = 0;
		for (SignalType type : SignalType.values()) {
			DataKind kind = kind(type);
			double rate = signals(signals, kind) / days;
			double bytes = rate * bytesOfOne(kind);
			perDay += rate;
			bytesPerDay += bytes;
			forecast += bytes * Math.min(this.retention.getOrDefault(type, FORECAST_DAYS), stored + FORECAST_DAYS);
		}
		return new Service(name, perDay, bytesPerDay, Math.round(forecast));
	}

	/**
	 * Closed, as nearly all signals are that are kept for days; before any is, as rows.
	 */
	private double bytesOfOne(DataKind kind) {
		ClosedSize closed = this.sizes.closed(this.project);
		if (closed.signals() > 0) {
			return bytes(DataKind.SEGMENTS) / closed.signals();
		}
		long signals = signals(this.sizes.signals(this.project), kind);
		return (signals > 0) ? bytes(kind) / signals : 0;
	}

	/** The project's share of all tables of a kind. */
	private double bytes(DataKind kind) {
		return this.sizes.share(this.project, kind) * this.sizes.tables()
			.stream()
			.filter((table) -> table.kind() == kind)
			.mapToLong(TableSize::bytes)
			.sum();
	}

	private double shareOfSignals(DataKind kind) {
		SignalTotals signals = this.sizes.signals(this.project);
		return (signals.all() > 0) ? (double) signals(signals, kind) / signals.all() : 0;
	}

	private long runEvents() {
		return Math.round(this.sizes.share(this.project, DataKind.RUNS) * this.sizes.tables()
			.stream()
			.filter((table) -> table.kind() == DataKind.RUNS)
			.mapToLong(TableSize::rows)
			.sum());
	}

	/** What does not grow with the rate of signals alone is taken to stay as it is. */
	private static boolean isKeptBeside(String kind) {
		return Set.of(DataKind.RUNS, DataKind.ROLLUPS, DataKind.OTHER)
			.stream()
			.anyMatch((other) -> other.wireName().equals(kind));
	}

	private static long signals(SignalTotals totals, DataKind kind) {
		return switch (kind) {
			case LOGS -> totals.logs();
			case SPANS -> totals.spans();
			case METRICS -> totals.points();
			case SEGMENTS, RUNS, ROLLUPS, OTHER -> 0;
		};
	}

	private static DataKind kind(SignalType type) {
		return switch (type) {
			case LOG -> DataKind.LOGS;
			case TRACE -> DataKind.SPANS;
			case METRIC -> DataKind.METRICS;
		};
	}

	private static @Nullable Double ratio(long bytes, long count) {
		return (count > 0) ? Math.round(10.0 * bytes / count) / 10.0 : null;
	}

	private static double days(Duration duration) {
		return Math.max(1, duration.toMinutes()) / (double) Duration.ofDays(1).toMinutes();
	}

}
