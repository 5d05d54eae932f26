package dev.whence.e2e.platform;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.whence.testkit.LastingPort;
import dev.whence.testkit.ServerFolder;
import dev.whence.testkit.TestSession;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/**
 * A Kafka broker in KRaft mode in a JVM of its own, which tests may kill and start again
 * on the same data and port.
 */
public final class KafkaProcess implements AutoCloseable {

	private final Path folder;

	private final int port;

	private final JavaProcess process;

	private KafkaProcess(Path folder) throws IOException {
		this.folder = folder;
		this.port = LastingPort.free();
		Path settings = folder.resolve("server.properties");
		// A broker that comes back waits until the session of its dead self has ended.
		Files.writeString(settings, """
				process.roles=broker,controller
				node.id=1
				controller.quorum.voters=1@127.0.0.1:%2$d
				listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
				controller.listener.names=CONTROLLER
				listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
				log.dirs=%3$s
				broker.session.timeout.ms=2000
				broker.heartbeat.interval.ms=500
				auto.create.topics.enable=false
				offsets.topic.replication.factor=1
				offsets.topic.num.partitions=1
				transaction.state.log.replication.factor=1
				transaction.state.log.min.isr=1
				share.coordinator.state.topic.replication.factor=1
				share.coordinator.state.topic.min.isr=1
				""".formatted(this.port, LastingPort.free(), folder.resolve("data")));
		int formatted = StorageTool.execute(
				new String[] { "format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString() },
				new PrintStream(PrintStream.nullOutputStream()));
		if (formatted != 0) {
			throw new IOException("Kafka's data folder could not be made: " + formatted);
		}
		this.process = new JavaProcess("kafka", List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-cp", System.getProperty("java.class.path"), "kafka.Kafka", settings.toString()), Map.of());
		awaitAccepting();
		TestSession.atEnd(this::close);
	}

	/** Starts a broker on empty data. */
	public static KafkaProcess start() {
		try {
			return new KafkaProcess(Files.createTempDirectory("whence-kafka"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Kafka did not start", ex);
		}
	}

	/** {@code host:port}. */
	public String bootstrapServers() {
		return "127.0.0.1:" + this.port;
	}

	/** As {@code kill -9}. */
	public void kill() {
		this.process.kill();
	}

	/** Starts the killed broker on the same data and waits until it listens. */
	public void restart() {
		this.process.restart();
		awaitAccepting();
	}

	@Override
	public void close() {
		this.process.kill();
		ServerFolder.delete(this.folder);
	}

	private void awaitAccepting() {
		Awaitility.await("Kafka on port " + this.port)
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(50))
			.failFast(() -> {
				if (!this.process.isAlive()) {
					throw new IllegalStateException("Kafka has ended:\n" + this.process.logTail());
				}
			})
			.until(this::accepts);
	}

	private boolean accepts() {
		try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
