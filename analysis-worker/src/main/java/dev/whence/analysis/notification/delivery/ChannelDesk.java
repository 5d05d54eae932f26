package dev.whence.analysis.notification.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobRunner;
import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.Channels;
import dev.whence.analysis.notification.message.Message;
import dev.whence.analysis.notification.outbound.Outbound;
import dev.whence.analysis.notification.outbound.Receipt;
import dev.whence.analysis.notification.route.Routes;
import dev.whence.model.ProjectId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What people do with channels and deliveries besides looking at them. */
@Component
public class ChannelDesk {

	private final Channels channels;

	private final Routes routes;

	private final Deliveries deliveries;

	private final Outbound outbound;

	private final Circuits circuits;

	private final DeliveryMetrics metrics;

	private final JobQueue queue;

	private final JobRunner runner;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	ChannelDesk(Channels channels, Routes routes, Deliveries deliveries, Outbound outbound, Circuits circuits,
			DeliveryMetrics metrics, JobQueue queue, JobRunner runner, TransactionOperations transactions,
			InstantSource clock) {
		this.channels = channels;
		this.routes = routes;
		this.deliveries = deliveries;
		this.outbound = outbound;
		this.circuits = circuits;
		this.metrics = metrics;
		this.queue = queue;
		this.runner = runner;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * What came of a test.
	 *
	 * @param delivery under which it stands in the log
	 */
	public record TestResult(UUID delivery, Receipt receipt, Duration took) {
	}

	/**
	 * Sends a test message at once, whatever windows, limits and circuits say, and waits
	 * for the answer. It is tried once.
	 */
	public TestResult test(Channel channel) {
		Message message = Message.test(UUID.randomUUID(), this.clock.instant(), channel.project().value());
		long begun = System.nanoTime();
		Receipt receipt = this.outbound.send(channel, message);
		Duration took = Duration.ofNanos(System.nanoTime() - begun);
		this.metrics.sent(channel.kind(), receipt, took);
		Receipt last = (receipt instanceof Receipt.Failed failed)
				? new Receipt.Refused(failed.status(), failed.detail(), failed.response()) : receipt;
		this.transactions.executeWithoutResult((_) -> {
			this.deliveries.add(channel.project(), channel.id(), message, "test:" + message.id());
			this.deliveries.record(message.id(), last, took, Duration.ZERO);
		});
		return new TestResult(message.id(), last, took);
	}

	/** Changes a channel; what waits for it is looked at anew. */
	public void change(Channel channel) {
		this.transactions.executeWithoutResult((_) -> {
			this.channels.change(channel);
			this.queue.wantAnother(channel.project(), JobKind.DELIVER, channel.id().toString());
		});
		this.circuits.forget(channel.id());
		this.runner.wake();
	}

	/**
	 * Deletes a channel and the routes to it; what waits for it is given up.
	 * @return false when there was none
	 */
	public boolean delete(ProjectId project, UUID id) {
		Boolean deleted = this.transactions.execute((_) -> {
			if (!this.channels.delete(project, id)) {
				return false;
			}
			this.routes.deleteTo(project, id);
			this.deliveries.abandon(id);
			return true;
		});
		this.circuits.forget(id);
		return Boolean.TRUE.equals(deleted);
	}

	/**
	 * Has a delivery sent again, under the same id.
	 * @return false when it still waits, or there is none
	 */
	public boolean replay(ProjectId project, UUID channel, UUID delivery) {
		Boolean replayed = this.transactions.execute((_) -> {
			if (!this.deliveries.replay(project, delivery)) {
				return false;
			}
			this.queue.wantAnother(project, JobKind.DELIVER, channel.toString());
			return true;
		});
		this.runner.wake();
		return Boolean.TRUE.equals(replayed);
	}

	/** Looks at a channel anew, because what holds its messages back has changed. */
	public void reconsider(ProjectId project, UUID channel) {
		this.queue.wantAnother(project, JobKind.DELIVER, channel.toString());
		this.runner.wake();
	}

}
