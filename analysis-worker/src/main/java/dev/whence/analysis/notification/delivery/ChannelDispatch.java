package dev.whence.analysis.notification.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobHandler;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.Channels;
import dev.whence.analysis.notification.message.IncidentFacts;
import dev.whence.analysis.notification.message.IncidentReader;
import dev.whence.analysis.notification.message.Message;
import dev.whence.analysis.notification.outbound.Outbound;
import dev.whence.analysis.notification.outbound.Receipt;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what is due on a channel. One worker at a time has a channel, as long as it keeps
 * its claim; the claim is renewed before each message, so that a worker that has lost it
 * sends nothing more.
 * <p>
 * A message that was sent and whose worker died before noting it is sent again under the
 * same id and with the same words. Nothing can be better than that over HTTP; receivers
 * tell by the id.
 */
@Component
class ChannelDispatch implements JobHandler {

	/** After this others get their turn. */
	private static final Duration SLICE = Duration.ofSeconds(15);

	private static final Duration BUSY = Duration.ofMillis(500);

	/** Slow targets must not keep a worker from finding causes. */
	private final Semaphore atOnce = new Semaphore(2);

	private final Channels channels;

	private final Deliveries deliveries;

	private final HeldDeliveries held;

	private final IncidentReader incidents;

	private final Outbound outbound;

	private final Circuits circuits;

	private final RetryPauses pauses;

	private final DeliveryMetrics metrics;

	private final JobQueue queue;

	private final NotificationProperties properties;

	private final TransactionOperations transactions;

	ChannelDispatch(Channels channels, Deliveries deliveries, HeldDeliveries held, IncidentReader incidents,
			Outbound outbound, Circuits circuits, RetryPauses pauses, DeliveryMetrics metrics, JobQueue queue,
			NotificationProperties properties, TransactionOperations transactions) {
		this.channels = channels;
		this.deliveries = deliveries;
		this.held = held;
		this.incidents = incidents;
		this.outbound = outbound;
		this.circuits = circuits;
		this.pauses = pauses;
		this.metrics = metrics;
		this.queue = queue;
		this.properties = properties;
		this.transactions = transactions;
	}

	@Override
	public JobKind kind() {
		return JobKind.DELIVER;
	}

	@Override
	public void run(Claim claim) {
		if (!this.atOnce.tryAcquire()) {
			this.queue.putBack(claim, BUSY);
			return;
		}
		try {
			UUID id = UUID.fromString(claim.subject());
			Optional<Channel> channel = this.channels.find(claim.project(), id);
			if (channel.isEmpty()) {
				this.deliveries.abandon(id);
				this.queue.finish(claim, claim.wantedVersion());
			}
			else if (!channel.get().enabled()) {
				// Switching it on wants it again.
				this.queue.finish(claim, claim.wantedVersion());
			}
			else {
				dispatch(claim, channel.get());
				finish(claim, channel.get());
			}
		}
		finally {
			this.atOnce.release();
		}
	}

	private void dispatch(Claim claim, Channel channel) {
		long end = System.nanoTime() + SLICE.toNanos();
		while (System.nanoTime() < end && this.queue.renew(claim)) {
			this.held.sort(channel);
			Optional<UUID> next = this.deliveries.next(channel.id());
			if (next.isEmpty()) {
				return;
			}
			if (!this.circuits.of(channel.id()).tryAcquirePermission()) {
				this.deliveries.postpone(channel.id(), this.properties.circuitPause());
				return;
			}
			deliver(channel, next.get());
		}
	}

	// Nothing is lost between looking and finishing: whoever adds a delivery meanwhile
	// wants a higher version, which is due at once.
	private void finish(Claim claim, Channel channel) {
		this.transactions.executeWithoutResult((_) -> {
			Optional<Duration> next = this.held.next(channel);
			if (this.queue.finish(claim, claim.wantedVersion())) {
				next.ifPresent((pause) -> this.queue.want(claim.project(), JobKind.DELIVER, claim.subject(),
						claim.wantedVersion() + 1, pause));
			}
		});
	}

	private void deliver(Channel channel, UUID id) {
		CircuitBreaker circuit = this.circuits.of(channel.id());
		Message message = this.transactions.execute((_) -> begin(id));
		if (message == null) {
			circuit.releasePermission();
			return;
		}
		long begun = System.nanoTime();
		Receipt receipt;
		try {
			receipt = this.outbound.send(channel, message);
		}
		catch (RuntimeException ex) {
			circuit.releasePermission();
			throw ex;
		}
		Duration took = Duration.ofNanos(System.nanoTime() - begun);
		note(circuit, receipt, took);
		this.metrics.sent(channel.kind(), receipt, took);
		this.transactions.executeWithoutResult((_) -> record(channel, id, receipt, took));
	}

	/** What to send, fixed from now on; null when there is nothing to send any more. */
	private @Nullable Message begin(UUID id) {
		Delivery delivery = this.deliveries.lockPending(id).orElse(null);
		if (delivery == null) {
			return null;
		}
		Message message = (delivery.message() != null) ? delivery.message() : written(delivery);
		if (message == null) {
			this.deliveries.fail(id, "The incident is gone");
			return null;
		}
		this.deliveries.begin(id, message);
		return message;
	}

	private @Nullable Message written(Delivery delivery) {
		UUID incident = delivery.incident();
		IncidentFacts facts = (incident != null) ? this.incidents.find(incident).orElse(null) : null;
		if (incident == null || facts == null) {
			return null;
		}
		return new Message(delivery.id(), delivery.type(), delivery.occurredAt(), delivery.project(), facts,
				this.incidents.cause(incident).orElse(null), null, delivery.actor(), delivery.comment());
	}

	private void record(Channel channel, UUID id, Receipt receipt, Duration took) {
		int attempts = this.deliveries.lockPending(id).map(Delivery::attempts).orElse(1);
		Duration pause = this.pauses.after(attempts, receipt);
		this.deliveries.record(id, receipt, took, pause);
		if (receipt instanceof Receipt.Failed failed && failed.after() != null) {
			// It asks for less of everything, not of this message alone.
			this.deliveries.postpone(channel.id(), failed.after());
		}
	}

	// Who refuses or asks for less is alive.
	private static void note(CircuitBreaker circuit, Receipt receipt, Duration took) {
		if (receipt instanceof Receipt.Failed failed && !failed.isThrottled()) {
			circuit.onError(took.toNanos(), TimeUnit.NANOSECONDS, new IllegalStateException(failed.detail()));
		}
		else {
			circuit.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

}
