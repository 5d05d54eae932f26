package dev.whence.support.wire.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.whence.support.wire.DeadLetters;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireHandler;
import dev.whence.support.wire.WireMessage;
import dev.whence.support.wire.WireMetrics;
import dev.whence.support.wire.WireProperties;
import org.apache.kafka.common.TopicPartition;

import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.support.ProducerListener;

/**
 * Carries messages over Kafka: acknowledged by all in-sync replicas, retried without
 * duplicates within one producer, offsets committed per record after the handler
 * returned.
 * <p>
 * Kafka may be away at any time, also at start-up: senders get a failed future within a
 * few seconds, subscriptions begin when it is back, and topics that got lost are declared
 * again.
 */
public class KafkaEventWire implements EventWire {

	private final KafkaClients clients;

	private final WireProperties properties;

	private final WireMetrics metrics;

	private final ScheduledThreadPoolExecutor clock;

	private final KafkaTopics topics;

	private final DefaultKafkaProducerFactory<String, String> producers;

	private final KafkaTemplate<String, String> template;

	private final List<KafkaSubscription> subscriptions = new CopyOnWriteArrayList<>();

	// System.nanoTime() until which Kafka is taken to be away without asking it.
	private volatile long awayUntil = System.nanoTime();

	KafkaEventWire(KafkaClients clients, WireProperties properties, WireMetrics metrics) {
		this.clients = clients;
		this.properties = properties;
		this.metrics = metrics;
		this.clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("wire-clock").factory());
		this.topics = new KafkaTopics(clients.adminSettings(), properties.kafka(), this.clock);
		this.producers = clients.producers(properties.kafka().sendTimeout());
		this.template = new KafkaTemplate<>(this.producers);
		// The sender learns of failures and logs them; the default would log payloads.
		this.template.setProducerListener(new ProducerListener<>() {
		});
	}

	@Override
	public CompletableFuture<Void> send(WireMessage message) {
		this.topics.declare(message.topic());
		long begun = System.nanoTime();
		if (begun - this.awayUntil < 0) {
			return failed(message, new IllegalStateException("Kafka did not answer a moment ago"));
		}
		try {
			return this.template.send(message.topic(), message.key(), message.json()).handle((result, failure) -> {
				if (failure != null) {
					this.topics.declareAgain(message.topic());
					this.metrics.sendFailed(message.topic());
					throw new IllegalStateException("Kafka did not take the message", failure);
				}
				this.metrics.sent(message.topic());
				return null;
			});
		}
		catch (RuntimeException ex) {
			this.topics.declareAgain(message.topic());
			// The call waited for metadata in vain; the next senders shall not queue up
			// behind the same wait.
			if (System.nanoTime() - begun > KafkaClients.LONGEST_BLOCK.toNanos() / 2) {
				this.awayUntil = System.nanoTime() + Duration.ofSeconds(1).toNanos();
			}
			return failed(message, ex);
		}
	}

	@Override
	public Subscription subscribe(String topic, String group, WireHandler handler) {
		this.topics.declare(topic);
		DefaultKafkaConsumerFactory<String, String> consumers = this.clients.consumers(group,
				this.properties.handlingLimit());
		ContainerProperties settings = new ContainerProperties(topic);
		settings.setGroupId(group);
		settings.setMessageListener(new DeliveringListener(group, handler, deadLetters(), this.metrics));
		settings.setAckMode(ContainerProperties.AckMode.RECORD);
		settings.setStopImmediate(true);
		settings.setShutdownTimeout(this.properties.handlingLimit().toMillis());
		settings.setMissingTopicsFatal(false);
		settings.setAuthExceptionRetryInterval(Duration.ofSeconds(10));
		ConcurrentMessageListenerContainer<String, String> container = new ConcurrentMessageListenerContainer<>(
				consumers, settings);
		container.setConcurrency(this.properties.concurrency());
		container.setBeanName(group + ":" + topic);
		container.setCommonErrorHandler(
				new PartitionPausingErrorHandler(group, this.properties.retry(), this.clock, this.metrics));
		KafkaSubscription subscription = new KafkaSubscription(container, this.clock);
		this.subscriptions.add(subscription);
		subscription.start();
		return subscription;
	}

	@Override
	public void close() {
		this.subscriptions.parallelStream().forEach(KafkaSubscription::close);
		this.clock.shutdownNow();
		this.producers.setPhysicalCloseTimeout((int) this.properties.kafka().sendTimeout().toSeconds());
		this.producers.destroy();
	}

	private DeadLetterPublishingRecoverer deadLetters() {
		DeadLetterPublishingRecoverer recoverer = new DeadLetterPublishingRecoverer(this.template,
				(letter, failure) -> new TopicPartition(DeadLetters.topicOf(letter.topic()), -1));
		// A dead letter that could not be written is delivered again instead of lost.
		recoverer.setFailIfSendResultIsError(true);
		recoverer.setVerifyPartition(false);
		return recoverer;
	}

	private CompletableFuture<Void> failed(WireMessage message, RuntimeException failure) {
		this.metrics.sendFailed(message.topic());
		return CompletableFuture.failedFuture(failure);
	}

}
