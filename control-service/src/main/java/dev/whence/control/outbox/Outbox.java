package dev.whence.control.outbox;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import dev.whence.model.Event;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.WireMessage;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The events that a transaction decided and the wire has not taken yet. Any number of
 * replicas may drain it at once; each row is handed to one of them.
 */
@Component
public class Outbox {

	private final JdbcClient jdbc;

	Outbox(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Adds to the transaction of the caller, which must have one. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void append(Collection<? extends Event> events) {
		for (Event event : events) {
			WireMessage message = EventCodec.encode(event);
			this.jdbc.sql("insert into control.announcement (topic, key, payload) values (:topic, :key, :payload)")
				.param("topic", message.topic())
				.param("key", message.key())
				.param("payload", message.json())
				.update();
		}
	}

	/**
	 * Hands up to so many messages to the wire and forgets those it took. A death between
	 * the two sends them again, which receivers tolerate.
	 * @param send returns once the wire has taken all of them, and throws when it has not
	 * @return how many were sent
	 */
	@Transactional
	public int drain(int limit, Consumer<List<WireMessage>> send) {
		List<Row> rows = this.jdbc.sql("""
				select id, topic, key, payload from control.announcement order by id limit :limit for update skip locked
				""")
			.param("limit", limit)
			.query((rs, _) -> new Row(rs.getLong(1),
					new WireMessage(rs.getString(2), rs.getString(3), rs.getString(4))))
			.list();
		if (!rows.isEmpty()) {
			send.accept(rows.stream().map(Row::message).toList());
			this.jdbc.sql("delete from control.announcement where id = any(:ids)")
				.param("ids", rows.stream().map(Row::id).toArray(Long[]::new))
				.update();
		}
		return rows.size();
	}

	private record Row(long id, WireMessage message) {
	}

}
