package dev.whence.e2e.hostile;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Records on a real topic that nobody can handle. */
final class KafkaPoison {

	/**
	 * The list names a topic that does not exist; this is the one whose readers matter
	 * most.
	 */
	private static final String TOPIC = "signals.ingested.v1";

	/** As the list says. */
	private static final Duration PROGRESS = Duration.ofSeconds(30);

	private final String bootstrapServers;

	KafkaPoison(String bootstrapServers) {
		this.bootstrapServers = bootstrapServers;
	}

	/**
	 * Sends the record and returns once every group has gone past it.
	 * @return how many records the dead-letter topic has more than before
	 * @throws org.awaitility.core.ConditionTimeoutException when one does not
	 */
	long produce(JsonNode gen) throws ExecutionException, InterruptedException {
		Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers);
		long deadBefore = deadLetters(settings);
		RecordMetadata poison;
		try (KafkaProducer<String, @Nullable String> producer = new KafkaProducer<>(settings, new StringSerializer(),
				new StringSerializer())) {
			poison = producer.send(new ProducerRecord<>(TOPIC, "tenant-a", value(gen.get("value")))).get();
		}
		TopicPartition partition = new TopicPartition(poison.topic(), poison.partition());
		try (Admin admin = Admin.create(settings)) {
			Awaitility.await("all groups to go past " + partition + "@" + poison.offset())
				.atMost(PROGRESS)
				.pollInterval(Duration.ofMillis(200))
				.until(() -> positions(admin, partition), (positions) -> !positions.isEmpty()
						&& positions.values().stream().allMatch((next) -> next > poison.offset()));
		}
		return deadLetters(settings) - deadBefore;
	}

	private static long deadLetters(Map<String, Object> settings) throws ExecutionException, InterruptedException {
		String topic = TOPIC + "-dlt";
		try (Admin admin = Admin.create(settings)) {
			if (!admin.listTopics().names().get().contains(topic)) {
				return 0;
			}
			Map<TopicPartition, OffsetSpec> ends = admin.describeTopics(List.of(topic))
				.allTopicNames()
				.get()
				.get(topic)
				.partitions()
				.stream()
				.collect(Collectors.toMap((partition) -> new TopicPartition(topic, partition.partition()),
						(_) -> OffsetSpec.latest()));
			return admin.listOffsets(ends).all().get().values().stream().mapToLong((end) -> end.offset()).sum();
		}
	}

	private static @Nullable String value(JsonNode value) {
		if (value.isNull()) {
			return null;
		}
		return switch (value.asString()) {
			case "@nest100000" -> "[".repeat(100_000);
			// An event that is well formed until the stack of a careless reader ends.
			case "@soe" -> "{\"eventId\":" + "{\"a\":".repeat(150_000) + "1" + "}".repeat(150_000) + "}";
			default -> value.asString().replace("@existing", UUID.randomUUID().toString());
		};
	}

	private static Map<String, Long> positions(Admin admin, TopicPartition partition)
			throws ExecutionException, InterruptedException {
		Map<String, Long> positions = new HashMap<>();
		List<String> groups = admin.listGroups().all().get().stream().map((group) -> group.groupId()).toList();
		for (String group : groups) {
			OffsetAndMetadata next = admin.listConsumerGroupOffsets(group)
				.partitionsToOffsetAndMetadata()
				.get()
				.get(partition);
			if (next != null) {
				positions.put(group, next.offset());
			}
		}
		return positions;
	}

}
