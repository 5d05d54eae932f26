package dev.whence.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.ProjectId;

/** Which signals of a group are stored already, as the current transaction sees it. */
final class KnownSignals {

	private final Set<SignalGroup.Key> keys = new HashSet<>();

	/** Contents under ids that clients chose. */
	private final Map<SignalGroup.Key, Long> hashes = new HashMap<>();

	private KnownSignals() {
	}

	static KnownSignals among(Connection connection, SignalGroup group) throws SQLException {
		KnownSignals known = new KnownSignals();
		Map<Table, List<SignalGroup.Candidate>> byTable = new EnumMap<>(Table.class);
		List<SignalGroup.Candidate> chosen = new ArrayList<>();
		for (SignalGroup.Candidate candidate : group.candidates()) {
			byTable.computeIfAbsent(Table.of(candidate.signal().type()), (_) -> new ArrayList<>()).add(candidate);
			if (candidate.submission().idFromClient()) {
				chosen.add(candidate);
			}
		}
		try (Statement settings = connection.createStatement()) {
			// Few keys against many rows: the planner must not think of anything but the
			// primary key.
			settings.execute("set local enable_hashjoin = off; set local enable_mergejoin = off; "
					+ "set local enable_seqscan = off; set local jit = off");
		}
		for (Map.Entry<Table, List<SignalGroup.Candidate>> entry : byTable.entrySet()) {
			known.findSignals(connection, entry.getKey(), entry.getValue());
		}
		if (!chosen.isEmpty()) {
			known.findKeys(connection, chosen);
		}
		return known;
	}

	boolean contains(SignalGroup.Key key) {
		return this.keys.contains(key);
	}

	long hashOf(SignalGroup.Key key, long otherwise) {
		return this.hashes.getOrDefault(key, otherwise);
	}

	private void findSignals(Connection connection, Table table, List<SignalGroup.Candidate> candidates)
			throws SQLException {
		String sql = """
				select t.project_id, t.signal_id
				from unnest(?::bigint[], ?::integer[], ?::uuid[]) as wanted (time, project_id, signal_id)
				join %s t using (time, project_id, signal_id)
				where t.time between ? and ?
				""".formatted(table.qualifiedName());
		Long[] times = new Long[candidates.size()];
		long earliest = Long.MAX_VALUE;
		long latest = Long.MIN_VALUE;
		for (int i = 0; i < times.length; i++) {
			times[i] = EpochNanos.toLong(candidates.get(i).signal().timestamp());
			earliest = Math.min(earliest, times[i]);
			latest = Math.max(latest, times[i]);
		}
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setArray(1, connection.createArrayOf("int8", times));
			statement.setArray(2, connection.createArrayOf("int4", projects(candidates)));
			statement.setArray(3, connection.createArrayOf("uuid", ids(candidates)));
			statement.setLong(4, earliest);
			statement.setLong(5, latest);
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					this.keys.add(key(result));
				}
			}
		}
	}

	private void findKeys(Connection connection, List<SignalGroup.Candidate> candidates) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("""
				select k.project_id, k.signal_id, k.content_hash
				from unnest(?::integer[], ?::uuid[]) as wanted (project_id, signal_id)
				join signals.signal_key k using (project_id, signal_id)
				""")) {
			statement.setArray(1, connection.createArrayOf("int4", projects(candidates)));
			statement.setArray(2, connection.createArrayOf("uuid", ids(candidates)));
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					SignalGroup.Key key = key(result);
					this.keys.add(key);
					this.hashes.put(key, result.getLong(3));
				}
			}
		}
	}

	private static SignalGroup.Key key(ResultSet result) throws SQLException {
		return new SignalGroup.Key(new ProjectId(result.getInt(1)), result.getObject(2, UUID.class));
	}

	private static Object[] projects(List<SignalGroup.Candidate> candidates) {
		return candidates.stream().map((candidate) -> candidate.project().value()).toArray();
	}

	private static Object[] ids(List<SignalGroup.Candidate> candidates) {
		return candidates.stream().map((candidate) -> candidate.signal().signalId()).toArray();
	}

}
