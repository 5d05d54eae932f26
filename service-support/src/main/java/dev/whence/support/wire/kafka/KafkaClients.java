package dev.whence.support.wire.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Makes Kafka clients from Boot's settings (addresses, TLS, SASL and whatever else
 * {@code spring.kafka} says), with the wire's guarantees on top.
 */
class KafkaClients {

	/** The longest time that a send may block its caller. */
	static final Duration LONGEST_BLOCK = Duration.ofSeconds(3);

	private final ProducerFactory<?, ?> producerFactory;

	private final ConsumerFactory<?, ?> consumerFactory;

	private final KafkaAdmin admin;

	KafkaClients(ProducerFactory<?, ?> producerFactory, ConsumerFactory<?, ?> consumerFactory, KafkaAdmin admin) {
		this.producerFactory = producerFactory;
		this.consumerFactory = consumerFactory;
		this.admin = admin;
	}

	Map<String, Object> adminSettings() {
		return this.admin.getConfigurationProperties();
	}

	DefaultKafkaProducerFactory<String, String> producers(Duration sendTimeout) {
		Map<String, Object> settings = new HashMap<>(this.producerFactory.getConfigurationProperties());
		settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
		settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
		settings.put(ProducerConfig.ACKS_CONFIG, "all");
		settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK.toMillis());
		settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
		settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) sendTimeout.toMillis() / 2);
		settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) sendTimeout.toMillis());
		return new DefaultKafkaProducerFactory<>(settings);
	}

	DefaultKafkaConsumerFactory<String, String> consumers(String group, Duration handlingLimit) {
		Map<String, Object> settings = new HashMap<>(this.consumerFactory.getConfigurationProperties());
		settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
		settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
		settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
		settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		// A group that is new must not miss what was announced before its first start.
		settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
		// Handling is short, so that a long pause between polls means a stuck handler;
		// one record a poll makes the limit a limit per message.
		settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
		settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) handlingLimit.toMillis());
		settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
		settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
		// How soon a consumer sees a topic that was created after it subscribed.
		settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
		return new DefaultKafkaConsumerFactory<>(settings);
	}

}
