package dev.whence.support.wire.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.EventWireKit;
import dev.whence.support.wire.WireMessage;
import dev.whence.support.wire.WireMetrics;
import dev.whence.support.wire.WireProperties;
import dev.whence.testkit.kafka.KafkaServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KafkaEventWireIT extends EventWireKit {

	@Override
	protected EventWire newWire(WireProperties properties, WireMetrics metrics) {
		return wireTo(KafkaServer.shared().bootstrapServers(), properties, metrics);
	}

	@Override
	protected List<String> independentKeys(WireProperties properties) {
		String first = "key-0";
		String second = IntStream.range(1, 100)
			.mapToObj((n) -> "key-" + n)
			.filter((key) -> partition(key, properties) != partition(first, properties))
			.findFirst()
			.orElseThrow();
		return List.of(first, second);
	}

	@Test
	void sendToAKafkaThatIsAwayFailsSoonAndThenAtOnce() {
		EventWire wire = wireTo("127.0.0.1:1", PROPERTIES, new WireMetrics(this.registry));
		try {
			long begun = System.nanoTime();
			assertThatThrownBy(() -> send(wire, new WireMessage(this.topic, "key", "value")))
				.isInstanceOf(ExecutionException.class);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
			long second = System.nanoTime();
			assertThat(wire.send(new WireMessage(this.topic, "key", "value"))).isCompletedExceptionally();
			assertThat(Duration.ofNanos(System.nanoTime() - second)).isLessThan(Duration.ofMillis(500));
		}
		finally {
			wire.close();
		}
	}

	@Test
	void subscriptionWaitsForAKafkaWhoseNameDoesNotResolveYet() {
		EventWire wire = wireTo("kafka.invalid:9092", PROPERTIES, new WireMetrics(this.registry));
		try {
			assertThat(wire.subscribe(this.topic, "patient", (message) -> {
			}).isRunning()).isTrue();
		}
		finally {
			wire.close();
		}
	}

	@Test
	void topicThatGotLostIsDeclaredAgain() throws Exception {
		EventWire wire = wire();
		send(wire, new WireMessage(this.topic, "key", "before"));
		try (Admin admin = Admin.create(settings(KafkaServer.shared().bootstrapServers()))) {
			admin.deleteTopics(List.of(this.topic)).all().get();
		}
		await().ignoreExceptions().untilAsserted(() -> send(wire, new WireMessage(this.topic, "key", "after")));
		Queue<String> received = new ConcurrentLinkedQueue<>();
		wire.subscribe(this.topic, "later", (message) -> received.add(message.json()));
		await().untilAsserted(() -> assertThat(received).contains("after"));
	}

	private static EventWire wireTo(String servers, WireProperties properties, WireMetrics metrics) {
		Map<String, Object> settings = settings(servers);
		return new KafkaEventWire(new KafkaClients(new DefaultKafkaProducerFactory<>(settings),
				new DefaultKafkaConsumerFactory<>(settings), new KafkaAdmin(settings)), properties, metrics);
	}

	private static Map<String, Object> settings(String servers) {
		return Map.of("bootstrap.servers", servers);
	}

	private static int partition(String key, WireProperties properties) {
		return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % properties.kafka().partitions();
	}

}
