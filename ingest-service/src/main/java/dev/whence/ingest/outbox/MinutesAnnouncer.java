package dev.whence.ingest.outbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.whence.model.MinutesTouched;
import dev.whence.model.ProjectId;
import dev.whence.store.MinuteAnnouncer;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.WireMessage;

import org.springframework.stereotype.Component;

/** One {@link MinutesTouched} per commit, more when a replay touches very many. */
@Component
class MinutesAnnouncer implements MinuteAnnouncer {

	/** Some ten kilobytes of JSON. */
	private static final int MOST = 500;

	private final InstantSource clock;

	MinutesAnnouncer(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public List<OutboxMessage> announce(ProjectId project, List<Instant> minutes) {
		List<OutboxMessage> messages = new ArrayList<>();
		for (int from = 0; from < minutes.size(); from += MOST) {
			List<Instant> some = minutes.subList(from, Math.min(minutes.size(), from + MOST));
			WireMessage message = EventCodec
				.encode(new MinutesTouched(UUID.randomUUID(), this.clock.instant(), project, some));
			messages.add(new OutboxMessage(message.topic(), message.key(), message.json()));
		}
		return messages;
	}

}
