package dev.whence.testkit.kafka;

import dev.whence.testkit.ServerSource;
import dev.whence.testkit.TestSession;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * A Kafka broker in KRaft mode that creates no topic by itself. The shared one starts
 * with its first use, which takes two to three seconds, and ends with the JVM.
 */
public final class KafkaServer {

	private final String bootstrapServers;

	private KafkaServer(String bootstrapServers) {
		this.bootstrapServers = bootstrapServers;
	}

	/** The one broker of this JVM. */
	public static KafkaServer shared() {
		return Shared.SERVER;
	}

	/** {@code host:port}. */
	public String bootstrapServers() {
		return this.bootstrapServers;
	}

	private static KafkaServer embedded() {
		EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
		broker.brokerProperty("auto.create.topics.enable", "false");
		broker.brokerProperty("transaction.state.log.replication.factor", "1");
		broker.brokerProperty("transaction.state.log.min.isr", "1");
		// The default of 50 internal partitions costs seconds on a small machine.
		broker.brokerProperty("offsets.topic.num.partitions", "1");
		// Lets a test see a dead member leave within a second or two.
		broker.brokerProperty("group.min.session.timeout.ms", "500");
		broker.afterPropertiesSet();
		// Not in a shutdown hook: Kafka has one of its own that deletes the folder under
		// the broker while it closes its files.
		TestSession.atEnd(broker::destroy);
		return new KafkaServer(broker.getBrokersAsString());
	}

	@SuppressWarnings("resource") // ends with the tests
	private static KafkaServer container() {
		DockerImageName image = DockerImageName.parse(ServerSource.image("kafka", "apache/kafka-native:4.2.0"))
			.asCompatibleSubstituteFor("apache/kafka");
		KafkaContainer container = new KafkaContainer(image).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
			.withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "500");
		container.start();
		TestSession.atEnd(container::stop);
		return new KafkaServer(container.getBootstrapServers());
	}

	private static final class Shared {

		static final KafkaServer SERVER = switch (ServerSource.current()) {
			case EMBEDDED -> embedded();
			case CONTAINERS -> container();
		};

	}

}
