package dev.whence.store.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The events that a transaction decided and the wire has not taken yet. Any number of
 * relays may drain it at once; each row is handed to one of them.
 */
public final class Outbox {

	public static final String APPEND = """
			insert into signals.outbox (topic, key, payload) select * from unnest(?::text[], ?::text[], ?::text[])
			""";

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	public Outbox(JdbcClient jdbc, TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	/** Adds to the transaction of the caller, which must have one. */
	public void append(List<OutboxMessage> messages) {
		if (messages.isEmpty()) {
			return;
		}
		this.jdbc.sql(APPEND)
			.params(texts(messages, OutboxMessage::topic), texts(messages, OutboxMessage::key),
					texts(messages, OutboxMessage::payload))
			.update();
	}

	/** Adds within the transaction of the connection. */
	public static void append(Connection connection, List<OutboxMessage> messages) throws SQLException {
		if (messages.isEmpty()) {
			return;
		}
		try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
			bind(statement, 1, messages);
			statement.executeUpdate();
		}
	}

	/** Sets the parameters of {@link #APPEND} from the given one on. */
	public static void bind(PreparedStatement statement, int first, List<OutboxMessage> messages) throws SQLException {
		if (!messages.isEmpty()) {
			statement.setObject(first, texts(messages, OutboxMessage::topic));
			statement.setObject(first + 1, texts(messages, OutboxMessage::key));
			statement.setObject(first + 2, texts(messages, OutboxMessage::payload));
		}
	}

	/**
	 * Hands up to {@code limit} messages to the wire and forgets those it took. A death
	 * between the two sends them again, which receivers tolerate.
	 * @param send returns once the wire has taken all of them, and throws when it has not
	 * @return how many were sent
	 */
	public int drain(int limit, Consumer<List<OutboxMessage>> send) {
		Integer sent = this.transactions.execute((status) -> {
			List<Row> rows = this.jdbc.sql("""
					select id, topic, key, payload from signals.outbox
					order by id limit :limit for update skip locked
					""")
				.param("limit", limit)
				.query((rs, _) -> new Row(rs.getLong(1),
						new OutboxMessage(rs.getString(2), rs.getString(3), rs.getString(4))))
				.list();
			if (rows.isEmpty()) {
				return 0;
			}
			send.accept(rows.stream().map(Row::message).toList());
			this.jdbc.sql("delete from signals.outbox where id = any(:ids)")
				.param("ids", rows.stream().map(Row::id).toArray(Long[]::new))
				.update();
			return rows.size();
		});
		return (sent != null) ? sent : 0;
	}

	/** How long the oldest message has been waiting; zero when none is. */
	public Duration lag() {
		return this.jdbc
			.sql("select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) from signals.outbox")
			.query((rs, _) -> Duration.ofMillis((long) (rs.getDouble(1) * 1000)))
			.single();
	}

	private static String[] texts(List<OutboxMessage> messages, Function<OutboxMessage, String> column) {
		return messages.stream().map(column).toArray(String[]::new);
	}

	private record Row(long id, OutboxMessage message) {
	}

}
