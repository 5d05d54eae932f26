package dev.whence.gateway.connection;

import java.util.Locale;

import dev.whence.support.log.LogBudget;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the connections that the gateway closes, and tells of a few. */
final class ClosedConnections {

	private static final Logger log = LoggerFactory.getLogger(ClosedConnections.class);

	private static final String CLOSED = "whence.gateway.connections.closed";

	private final MeterRegistry meters;

	private final LogBudget budget = new LogBudget();

	ClosedConnections(MeterRegistry meters) {
		this.meters = meters;
		for (Reason reason : Reason.values()) {
			meters.counter(CLOSED, "reason", reason.id());
		}
	}

	void count(Reason reason, Channel connection) {
		this.meters.counter(CLOSED, "reason", reason.id()).increment();
		this.budget.spend(reason,
				(leftOut) -> log.atWarn()
					.addKeyValue("leftOut", leftOut)
					.log("Closed a connection of {}: {}", connection.remoteAddress(), reason.text));
	}

	enum Reason {

		TOO_MANY("all clients together have as many as they may"),

		TOO_MANY_OF_ADDRESS("this address has as many as it may"),

		TOO_SLOW("a request did not arrive in time"),

		NOT_HTTP("what it says is not HTTP");

		private final String text;

		Reason(String text) {
			this.text = text;
		}

		String id() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
