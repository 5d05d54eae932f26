package dev.whence.store.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.sql.Statement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of some candidates are stored already, as the current transaction sees it.
 */
final class KnownEntries {

	/** The numbers of the candidates that have a row there. */
	private final Map<Table, BitSet> rows = new HashMap<>();

	/** Contents that stand in the rows, by the number of the candidate. */
	private final Map<Integer, Long> hashes = new HashMap<>();

	private KnownEntries() {
	}

	/**
	 * Looks among rows and segments.
	 */
	static KnownEntries among(Connection connection, List<Candidate> candidates, Instant now) throws SQLException {
		Map<Table, KeyLookup> lookups = new TreeMap<>();
		for (Candidate candidate : candidates) {
			Bundle bundle = candidate.bundle();
			add(lookups, candidate, bundle.entry());
			add(lookups, candidate, bundle.claim());
			add(lookups, candidate, bundle.companion());
		}
		try (Statement settings = connection.createStatement()) {
			// Fresh partitions have no statistics: the planner might read all of them.
			settings.execute("set local enable_seqscan = off; set local enable_bitmapscan = off; set local jit = off");
		}
		KnownEntries known = new KnownEntries();
		for (Map.Entry<Table, KeyLookup> lookup : lookups.entrySet()) {
			BitSet found = new BitSet();
			lookup.getValue().run(connection, found, known.hashes);
			known.rows.put(lookup.getKey(), found);
		}
		known.addClosed(connection, candidates, now);
		return known;
	}

	private void addClosed(Connection connection, List<Candidate> candidates, Instant now) {
		List<Bundle> bundles = candidates.stream()
			.filter((candidate) -> !contains(candidate))
			.map(Candidate::bundle)
			.toList();
		Set<Bundle> closed = ClosedEntries.among(bundles, now).known(connection);
		for (Candidate candidate : candidates) {
			if (closed.contains(candidate.bundle())) {
				this.rows.computeIfAbsent(candidate.bundle().entry().table(), (_) -> new BitSet())
					.set(candidate.number());
			}
		}
	}

	/** Whether the candidate, or what holds its id, is there. */
	boolean contains(Candidate candidate) {
		return isThere(candidate, candidate.bundle().entry()) || isThere(candidate, candidate.bundle().claim());
	}

	boolean containsCompanionOf(Candidate candidate) {
		return isThere(candidate, candidate.bundle().companion());
	}

	/** The hash of what is stored under the candidate's id, or will be. */
	long hashOf(Candidate candidate) {
		return this.hashes.getOrDefault(candidate.number(), candidate.bundle().entry().contentHash());
	}

	private boolean isThere(Candidate candidate, @Nullable Entry entry) {
		BitSet found = (entry != null) ? this.rows.get(entry.table()) : null;
		return found != null && found.get(candidate.number());
	}

	private static void add(Map<Table, KeyLookup> lookups, Candidate candidate, @Nullable Entry entry) {
		if (entry != null) {
			lookups.computeIfAbsent(entry.table(), KeyLookup::new).add(candidate.number(), entry.key());
		}
	}

}
