package dev.whence.support.wire.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.whence.support.wire.DeadLetters;
import dev.whence.support.wire.WireProperties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares the topics that the wire uses, with their dead letters, in the background:
 * neither start-up nor a send waits for it, and an unreachable Kafka is asked again until
 * it answers. Topics that exist are left as they are.
 */
class KafkaTopics {

	private static final Logger logger = LoggerFactory.getLogger(KafkaTopics.class);

	private static final int PATIENCE_SECONDS = 5;

	private final Map<String, Object> adminSettings;

	private final WireProperties.Kafka properties;

	private final ScheduledExecutorService clock;

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	private final Set<String> missing = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	KafkaTopics(Map<String, Object> adminSettings, WireProperties.Kafka properties, ScheduledExecutorService clock) {
		this.adminSettings = adminSettings;
		this.properties = properties;
		this.clock = clock;
	}

	/** Sees to it that the topic exists soon; costs nothing when it was declared. */
	void declare(String topic) {
		if (this.known.add(topic)) {
			declareAgain(topic);
		}
	}

	/** For a topic that may have been lost. */
	void declareAgain(String topic) {
		this.missing.add(topic);
		schedule(0);
	}

	private void schedule(int delaySeconds) {
		if (this.scheduled.compareAndSet(false, true)) {
			try {
				// Its own thread: the clock must not wait for Kafka.
				this.clock.schedule(() -> Thread.ofVirtual().name("wire-topics").start(this::create), delaySeconds,
						TimeUnit.SECONDS);
			}
			catch (RejectedExecutionException closing) {
				logger.debug("not declaring topics any more", closing);
			}
		}
	}

	private void create() {
		this.scheduled.set(false);
		List<String> wanted = List.copyOf(this.missing);
		if (wanted.isEmpty()) {
			return;
		}
		try (Admin admin = Admin.create(this.adminSettings)) {
			for (NewTopic topic : newTopics(wanted)) {
				create(admin, topic);
			}
			this.missing.removeAll(wanted);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			logger.warn("could not declare the topics {}, next attempt in {} s: {}", wanted, PATIENCE_SECONDS,
					ex.getMessage());
			schedule(PATIENCE_SECONDS);
		}
	}

	private List<NewTopic> newTopics(List<String> names) {
		Optional<Short> replicas = (this.properties.replicas() > 0) ? Optional.of(this.properties.replicas())
				: Optional.empty();
		List<NewTopic> topics = new ArrayList<>();
		for (String name : names) {
			boolean deadLetters = DeadLetters.isDeadLetterTopic(name);
			topics.add(new NewTopic(name, Optional.of(deadLetters ? 1 : this.properties.partitions()), replicas));
			if (!deadLetters) {
				topics.add(new NewTopic(DeadLetters.topicOf(name), Optional.of(1), replicas));
			}
		}
		return topics;
	}

	private static void create(Admin admin, NewTopic topic) throws Exception {
		try {
			admin.createTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			logger.info("declared topic {} with {} partitions", topic.name(), topic.numPartitions());
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof TopicExistsException)) {
				throw ex;
			}
		}
	}

}
