package dev.whence.e2e.fire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their beginnings, belonging to no group. */
final class Wire {

	private static final Duration POLL = Duration.ofMillis(500);

	private final String bootstrapServers;

	Wire(String bootstrapServers) {
		this.bootstrapServers = bootstrapServers;
	}

	/** The values of everything that the topic holds now. */
	List<String> read(String topic) {
		return readAll(List.of(topic));
	}

	/** Whatever lies in a topic of dead letters. */
	List<String> deadLetters() {
		try (KafkaConsumer<String, String> consumer = consumer()) {
			return readAll(consumer.listTopics().keySet().stream().filter((topic) -> topic.endsWith("-dlt")).toList());
		}
	}

	private List<String> readAll(Collection<String> topics) {
		List<String> values = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = consumer()) {
			List<TopicPartition> partitions = topics.stream()
				.flatMap((topic) -> consumer.partitionsFor(topic).stream())
				.map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream().anyMatch((partition) -> consumer.position(partition) < ends.get(partition))) {
				consumer.poll(POLL).forEach((message) -> values.add(message.value()));
			}
		}
		return values;
	}

	private KafkaConsumer<String, String> consumer() {
		return new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers,
						ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
				new StringDeserializer(), new StringDeserializer());
	}

}
