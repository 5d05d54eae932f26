package dev.whence.ingest.outbox;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalsIngested;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.WireMessage;

import org.springframework.stereotype.Component;

/** One {@link SignalsIngested} per trace or fingerprint that a commit made dirty. */
@Component
class SignalsAnnouncer implements ProblemAnnouncer {

	private final InstantSource clock;

	SignalsAnnouncer(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public List<OutboxMessage> announce(ProjectId project, List<Problem> stored) {
		return stored.stream().map(ProblemSubject::of).distinct().map((subject) -> {
			WireMessage message = EventCodec
				.encode(new SignalsIngested(UUID.randomUUID(), this.clock.instant(), project, subject));
			return new OutboxMessage(message.topic(), message.key(), message.json());
		}).toList();
	}

}
