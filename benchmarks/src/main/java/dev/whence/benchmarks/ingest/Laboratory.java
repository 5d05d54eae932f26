package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.whence.benchmarks.ingest.load.Stream;
import dev.whence.benchmarks.ingest.machine.Cpu;
import dev.whence.benchmarks.ingest.machine.DatabaseServer;
import dev.whence.benchmarks.ingest.machine.ServiceProcess;
import dev.whence.benchmarks.ingest.machine.StandaloneProcess;
import org.jspecify.annotations.Nullable;

/** What all rungs of one run share: the servers, the way of measuring, the results. */
final class Laboratory implements AutoCloseable {

	private final Options options;

	private final Path root;

	private final DatabaseServer database;

	private final ServiceProcess ingest;

	private final AtomicInteger salts = new AtomicInteger();

	private final List<RungResult> results = new ArrayList<>();

	private @Nullable ServiceProcess gateway;

	private @Nullable ServiceProcess otherGateway;

	Laboratory(Options options, Path root) {
		this.options = options;
		this.root = root;
		this.database = DatabaseServer.start(options.out().resolve("ingest-benchmark/postgresql"), options.postgres());
		Map<String, String> environment = environment();
		environment.put("DATABASE_URL", this.database.url());
		// There is no worker that would listen, so Kafka would only carry away CPU.
		environment.put("WHENCE_WIRE_KIND", "in-process");
		this.ingest = ServiceProcess.start(root, "ingest-service", options.jvm(), environment, logs());
	}

	Options options() {
		return this.options;
	}

	DatabaseServer database() {
		return this.database;
	}

	ServiceProcess ingest() {
		return this.ingest;
	}

	/** Started with its first use. */
	ServiceProcess gateway() {
		ServiceProcess running = this.gateway;
		if (running == null) {
			running = ServiceProcess.start(this.root, "gateway", this.options.jvm(), gatewayEnvironment(), logs());
			this.gateway = running;
		}
		return running;
	}

	/** A gateway of another build, to compare with; started with its first use. */
	Optional<ServiceProcess> otherGateway() {
		if (this.otherGateway == null) {
			this.otherGateway = this.options.otherGateway()
				.map((jar) -> ServiceProcess.start("other-gateway", jar, this.options.jvm(), gatewayEnvironment(),
						logs()))
				.orElse(null);
		}
		return Optional.ofNullable(this.otherGateway);
	}

	private Map<String, String> gatewayEnvironment() {
		Map<String, String> environment = environment();
		environment.put("WHENCE_INGEST_URL", this.ingest.url());
		environment.put("WHENCE_OTLP_PORT", "0");
		environment.put("WHENCE_OTLP_GRPC_PORT", "0");
		// No limits, and no Redis to keep them in.
		environment.put("WHENCE_GATEWAY_LIMIT_SHARED_KIND", "in-process");
		environment.put("WHENCE_GATEWAY_LIMIT_KEYRATE", "0");
		environment.put("WHENCE_GATEWAY_LIMIT_ADDRESSRATE", "0");
		return environment;
	}

	/** The standalone on an empty data folder; whoever asks for it closes it. */
	StandaloneProcess standalone() {
		return StandaloneProcess.start(this.root, logs().resolve("standalone-" + ProcessHandle.current().pid()));
	}

	List<RungResult> results() {
		return this.results;
	}

	/** A stream of signals that nobody sent before. */
	Stream newStream() {
		return Stream.now(this.salts.incrementAndGet());
	}

	/** Does the work once and says what it cost. */
	Sample measure(Supplier<Work> work) {
		Cpu before = cpu();
		Work done = work.get();
		return new Sample(done, cpu().since(before));
	}

	/** Does the work as often as wanted. */
	List<Sample> repeat(Supplier<Work> work) {
		List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < this.options.repeats(); i++) {
			samples.add(measure(work));
		}
		return samples;
	}

	void report(RungResult result) {
		this.results.add(result);
		System.out.println(Report.line(result));
	}

	/** Empties the signal tables and lets PostgreSQL write what it owes the disk. */
	void clear() {
		Tables.clear(this.database);
	}

	/** For work that runs in this JVM instead of ingest's. */
	List<Sample> repeatHere(Supplier<Work> work) {
		return repeat(work).stream().map((sample) -> {
			Cpu cpu = sample.cpu();
			return new Sample(sample.work(), new Cpu(cpu.load(), 0, cpu.database(), 0));
		}).toList();
	}

	private Cpu cpu() {
		long gateways = java.util.stream.Stream
			.of(Optional.ofNullable(this.gateway), Optional.ofNullable(this.otherGateway))
			.flatMap(Optional::stream)
			.mapToLong(ServiceProcess::cpuMicros)
			.sum();
		return new Cpu(this.ingest.cpuMicros(), gateways, this.database.cpuMicros(), Cpu.own());
	}

	private Map<String, String> environment() {
		Map<String, String> environment = new TreeMap<>();
		if (this.options.key().isEmpty()) {
			environment.put("WHENCE_SECURITY_MODE", "open");
		}
		else {
			environment.put("WHENCE_BOOTSTRAP_KEY", this.options.key());
		}
		return environment;
	}

	private Path logs() {
		return this.options.out().resolve("ingest-benchmark");
	}

	@Override
	public void close() throws IOException {
		for (ServiceProcess running : new @Nullable ServiceProcess[] { this.gateway, this.otherGateway }) {
			if (running != null) {
				running.close();
			}
		}
		this.ingest.close();
		this.database.close();
	}

}
