package dev.whence.store.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.store.form.EpochNanos;
import dev.whence.store.table.Table;

/** Which candidates of a group are stored already, as the current transaction sees it. */
final class KnownSignals {

	private final BitSet known = new BitSet();

	/** Problems can outlive the signals they were found in. */
	private final BitSet knownProblems = new BitSet();

	/** Contents under ids that clients chose, by the number of the candidate. */
	private final Map<Integer, Long> hashes = new HashMap<>();

	private KnownSignals() {
	}

	static KnownSignals among(Connection connection, SignalGroup group) throws SQLException {
		KnownSignals known = new KnownSignals();
		Map<Table, List<SignalGroup.Candidate>> byTable = new EnumMap<>(Table.class);
		List<SignalGroup.Candidate> chosen = new ArrayList<>();
		List<SignalGroup.Candidate> problems = new ArrayList<>();
		for (SignalGroup.Candidate candidate : group.candidates()) {
			byTable.computeIfAbsent(Table.of(candidate.signal().type()), (_) -> new ArrayList<>()).add(candidate);
			if (candidate.submission().idFromClient()) {
				chosen.add(candidate);
			}
			if (candidate.submission().problem() != null) {
				problems.add(candidate);
			}
		}
		try (Statement settings = connection.createStatement()) {
			// Fresh partitions have no statistics: the planner might read all of them.
			settings.execute("set local enable_seqscan = off; set local enable_bitmapscan = off; set local jit = off");
		}
		for (Map.Entry<Table, List<SignalGroup.Candidate>> entry : byTable.entrySet()) {
			findSignals(connection, entry.getKey(), entry.getValue(), known.known);
		}
		if (!problems.isEmpty()) {
			findSignals(connection, Table.PROBLEM, problems, known.knownProblems);
		}
		if (!chosen.isEmpty()) {
			known.findKeys(connection, chosen);
		}
		return known;
	}

	boolean contains(SignalGroup.Candidate candidate) {
		return this.known.get(candidate.number());
	}

	boolean containsProblemOf(SignalGroup.Candidate candidate) {
		return this.knownProblems.get(candidate.number());
	}

	/** The hash of what is stored under the candidate's id, or will be. */
	long hashOf(SignalGroup.Candidate candidate) {
		return this.hashes.getOrDefault(candidate.number(), candidate.submission().contentHash());
	}

	// "offset 0" keeps the planner from turning the loop round: one look into the primary
	// key for each key, whatever it believes about the sizes. The range of times leaves
	// out the other partitions.
	private static void findSignals(Connection connection, Table table, List<SignalGroup.Candidate> candidates,
			BitSet found) throws SQLException {
		String sql = """
				select wanted.number
				from unnest(?::integer[], ?::bigint[], ?::integer[], ?::uuid[])
				     as wanted (number, time, project_id, signal_id)
				cross join lateral (
				    select 1 from %s t
				    where t.time = wanted.time and t.project_id = wanted.project_id
				      and t.signal_id = wanted.signal_id and t.time between ? and ?
				    offset 0) stored
				""".formatted(table.qualifiedName());
		long[] times = candidates.stream()
			.mapToLong((candidate) -> EpochNanos.toLong(candidate.signal().timestamp()))
			.toArray();
		long earliest = Long.MAX_VALUE;
		long latest = Long.MIN_VALUE;
		for (long time : times) {
			earliest = Math.min(earliest, time);
			latest = Math.max(latest, time);
		}
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setObject(1, numbers(candidates));
			statement.setObject(2, times);
			statement.setObject(3, projects(candidates));
			statement.setArray(4, connection.createArrayOf("uuid", ids(candidates)));
			statement.setLong(5, earliest);
			statement.setLong(6, latest);
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					found.set(result.getInt(1));
				}
			}
		}
	}

	private void findKeys(Connection connection, List<SignalGroup.Candidate> candidates) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("""
				select wanted.number, stored.content_hash
				from unnest(?::integer[], ?::integer[], ?::uuid[]) as wanted (number, project_id, signal_id)
				cross join lateral (
				    select k.content_hash from signals.signal_key k
				    where k.project_id = wanted.project_id and k.signal_id = wanted.signal_id
				    offset 0) stored
				""")) {
			statement.setObject(1, numbers(candidates));
			statement.setObject(2, projects(candidates));
			statement.setArray(3, connection.createArrayOf("uuid", ids(candidates)));
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					this.known.set(result.getInt(1));
					this.hashes.put(result.getInt(1), result.getLong(2));
				}
			}
		}
	}

	private static int[] numbers(List<SignalGroup.Candidate> candidates) {
		return candidates.stream().mapToInt(SignalGroup.Candidate::number).toArray();
	}

	private static int[] projects(List<SignalGroup.Candidate> candidates) {
		return candidates.stream().mapToInt((candidate) -> candidate.project().value()).toArray();
	}

	private static UUID[] ids(List<SignalGroup.Candidate> candidates) {
		return candidates.stream().map((candidate) -> candidate.signal().signalId()).toArray(UUID[]::new);
	}

}
