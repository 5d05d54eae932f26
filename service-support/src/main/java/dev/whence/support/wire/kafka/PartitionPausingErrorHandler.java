package dev.whence.support.wire.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.whence.support.wire.WireMetrics;
import dev.whence.support.wire.WireProperties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Delivers a failed record again, for as long as it takes, after a growing pause. Only
 * the partition of the record rests meanwhile: Spring's own handler would either sleep on
 * the consumer's thread or pause all of its partitions.
 */
class PartitionPausingErrorHandler implements CommonErrorHandler {

	private static final Logger logger = LoggerFactory.getLogger(PartitionPausingErrorHandler.class);

	private final String group;

	private final WireProperties.Retry retry;

	private final ScheduledExecutorService clock;

	private final WireMetrics metrics;

	private final Map<TopicPartition, Failure> failures = new ConcurrentHashMap<>();

	PartitionPausingErrorHandler(String group, WireProperties.Retry retry, ScheduledExecutorService clock,
			WireMetrics metrics) {
		this.group = group;
		this.retry = retry;
		this.clock = clock;
		this.metrics = metrics;
	}

	@Override
	public boolean seeksAfterHandling() {
		return true;
	}

	@Override
	public boolean isAckAfterHandle() {
		return false;
	}

	@Override
	public void handleRemaining(Exception failure, List<ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		Map<TopicPartition, Long> positions = new LinkedHashMap<>();
		records.forEach((letter) -> positions.putIfAbsent(partition(letter), letter.offset()));
		positions.forEach(consumer::seek);
		ConsumerRecord<?, ?> failed = records.getFirst();
		Failure last = this.failures.merge(partition(failed), new Failure(failed.offset(), 1), Failure::then);
		Duration pause = this.retry.pauseAfter(last.attempts());
		this.metrics.redelivered(failed.topic(), this.group);
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		// The stack trace once; how long it goes on is told by the attempts.
		logger.warn("{} could not handle {}@{} (attempt {}), next attempt in {}: {}", this.group, partition(failed),
				failed.offset(), last.attempts(), pause, cause.toString(), (last.attempts() == 1) ? cause : null);
		rest(partition(failed), pause, container);
	}

	@Override
	public void handleOtherException(Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container,
			boolean batchListener) {
		// Not about a record: a commit after a rebalance, an unreachable coordinator. The
		// container polls again.
		logger.warn("{} lost touch with Kafka for a moment: {}", this.group, failure.getMessage());
	}

	private void rest(TopicPartition partition, Duration pause, MessageListenerContainer container) {
		// Pausing waits for a lock that a stopping container holds until we are done.
		if (!container.isRunning()) {
			return;
		}
		container.pausePartition(partition);
		try {
			this.clock.schedule(() -> container.resumePartition(partition), pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException closing) {
			logger.debug("the wire is closing, nothing to resume", closing);
		}
	}

	private static TopicPartition partition(ConsumerRecord<?, ?> letter) {
		return new TopicPartition(letter.topic(), letter.partition());
	}

	private record Failure(long offset, int attempts) {

		Failure then(Failure next) {
			return (this.offset == next.offset) ? new Failure(this.offset, this.attempts + 1) : next;
		}

	}

}
