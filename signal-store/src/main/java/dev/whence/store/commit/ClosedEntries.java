package dev.whence.store.commit;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.whence.store.compact.Compactor;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.segment.ClosedSignals;
import dev.whence.store.table.Table;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Signals that may be in a segment already, where no key stops a second one: those that
 * are old enough to be closed.
 * <p>
 * They are looked for after they were copied, in the same transaction. An hour that is
 * closed meanwhile is either seen then, or its end waits for this transaction and leaves
 * the row to the next closing, as what it is: something that its hour holds once.
 */
final class ClosedEntries {

	private final List<Bundle> old = new ArrayList<>();

	private ClosedEntries() {
	}

	static ClosedEntries among(Iterable<Bundle> bundles, Instant now) {
		ClosedEntries entries = new ClosedEntries();
		long open = EpochNanos.toLong(now.minus(Compactor.SURELY_OPEN));
		for (Bundle bundle : bundles) {
			if (Table.SIGNALS.contains(bundle.entry().table()) && time(bundle) < open) {
				entries.old.add(bundle);
			}
		}
		return entries;
	}

	boolean isEmpty() {
		return this.old.isEmpty();
	}

	/** Those of them that are in segments, as the connection's transaction sees it. */
	Set<Bundle> known(Connection connection) {
		if (this.old.isEmpty()) {
			return Set.of();
		}
		ClosedSignals closed = new ClosedSignals(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
		Map<Integer, Map<Table, Map<UUID, Long>>> wanted = new HashMap<>();
		for (Bundle bundle : this.old) {
			wanted.computeIfAbsent(project(bundle), (_) -> new HashMap<>())
				.computeIfAbsent(bundle.entry().table(), (_) -> new HashMap<>())
				.put(id(bundle), time(bundle));
		}
		Map<Integer, Set<UUID>> ids = new HashMap<>();
		wanted.forEach((project, tables) -> ids.put(project, closed.known(project, tables)));
		Set<Bundle> known = new HashSet<>();
		for (Bundle bundle : this.old) {
			if (ids.getOrDefault(project(bundle), Set.of()).contains(id(bundle))) {
				known.add(bundle);
			}
		}
		return known;
	}

	// The key of a signal's row: time, project, id.
	private static long time(Bundle bundle) {
		return (Long) bundle.entry().key().values().get(0);
	}

	private static int project(Bundle bundle) {
		return (Integer) bundle.entry().key().values().get(1);
	}

	private static UUID id(Bundle bundle) {
		return (UUID) bundle.entry().key().values().get(2);
	}

}
