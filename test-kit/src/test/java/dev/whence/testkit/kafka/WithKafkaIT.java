package dev.whence.testkit.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

@WithKafka
@SpringJUnitConfig
class WithKafkaIT {

	@Autowired
	KafkaConnectionDetails details;

	@Test
	void recordThatWasSentIsReceivedByAGroup() throws Exception {
		Map<String, Object> servers = Map.of("bootstrap.servers", this.details.getBootstrapServers());
		try (Admin admin = Admin.create(servers)) {
			admin.createTopics(List.of(new NewTopic("test-kit", 3, (short) 1))).all().get(10, TimeUnit.SECONDS);
		}
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(servers, new StringSerializer(),
				new StringSerializer());
				KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers",
						this.details.getBootstrapServers(), "group.id", "test-kit", "auto.offset.reset", "earliest"),
						new StringDeserializer(), new StringDeserializer())) {
			producer.send(new ProducerRecord<>("test-kit", "key", "value")).get(10, TimeUnit.SECONDS);
			consumer.subscribe(List.of("test-kit"));
			Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				assertThat(consumer.poll(Duration.ofMillis(200))).map(ConsumerRecord::value).containsExactly("value");
			});
		}
	}

}
