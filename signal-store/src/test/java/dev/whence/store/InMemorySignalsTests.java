package dev.whence.store;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.whence.store.memory.InMemorySignals;
import dev.whence.store.outbox.OutboxMessage;

/** The store in memory promises what the one in PostgreSQL does. */
class InMemorySignalsTests extends SignalStoreKit {

	private final List<OutboxMessage> announced = new ArrayList<>();

	private final InMemorySignals signals = new InMemorySignals(ANNOUNCER, this.announced::addAll,
			InstantSource.system());

	@Override
	SignalWriter writer() {
		return this.signals;
	}

	@Override
	SignalReader reader() {
		return this.signals;
	}

	@Override
	List<OutboxMessage> takeAnnounced() {
		List<OutboxMessage> taken = List.copyOf(this.announced);
		this.announced.clear();
		return taken;
	}

}
