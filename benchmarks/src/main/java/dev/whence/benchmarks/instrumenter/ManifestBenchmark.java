package dev.whence.benchmarks.instrumenter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.language.LanguageDetector;
import dev.whence.instrumenter.manifest.InstrumentMode;
import dev.whence.instrumenter.manifest.InstrumentOptions;
import dev.whence.instrumenter.manifest.Instrumenter;
import dev.whence.instrumenter.manifest.ManifestBytes;
import dev.whence.instrumenter.manifest.ManifestLimits;
import dev.whence.instrumenter.manifest.ManifestRefusedException;

/**
 * Measures the engine on a folder of manifests: latency of files below 100 kB, files per
 * second on all cores, one large file; and, given a server's address, many large requests
 * at once. Prints a table and one line of JSON.
 */
public final class ManifestBenchmark {

	private static final int WARM_UP = 5;

	private static final int ROUNDS = 5;

	private static final Instrumenter INSTRUMENTER = new Instrumenter(ManifestLimits.DEFAULT);

	private static final InstrumentOptions OPTIONS = InstrumentOptions.of(InstrumentMode.OPERATOR,
			new LanguageDetector(List.of(), Language.JAVA));

	private final Map<String, Object> figures = new LinkedHashMap<>();

	public static void main(String[] args) throws Exception {
		if (args.length < 1) {
			System.err.println("usage: ManifestBenchmark FOLDER [SERVER]");
			System.exit(2);
		}
		ManifestBenchmark benchmark = new ManifestBenchmark();
		List<byte[]> files = read(Path.of(args[0]));
		benchmark.figures.put("files", files.size());
		benchmark.figures.put("bytes", files.stream().mapToLong((file) -> file.length).sum());
		benchmark.latency(files.stream().filter((file) -> file.length < 100_000).toList());
		benchmark.throughput(files);
		benchmark.large();
		if (args.length > 1) {
			benchmark.server(args[1]);
		}
		benchmark.print();
	}

	private void latency(List<byte[]> files) {
		for (int round = 0; round < WARM_UP; round++) {
			files.forEach(ManifestBenchmark::work);
		}
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long[] nanos = new long[files.size() * ROUNDS];
		long[] cpu = new long[files.size() * ROUNDS];
		int at = 0;
		for (int round = 0; round < ROUNDS; round++) {
			for (byte[] file : files) {
				long start = System.nanoTime();
				long cpuStart = threads.getCurrentThreadCpuTime();
				work(file);
				cpu[at] = threads.getCurrentThreadCpuTime() - cpuStart;
				nanos[at++] = System.nanoTime() - start;
			}
		}
		Arrays.sort(nanos);
		Arrays.sort(cpu);
		this.figures.put("below 100 kB: p99 CPU ms", millis(cpu[(int) (cpu.length * 0.99)]));
		this.figures.put("CPU ms per file, mean", millis(Arrays.stream(cpu).sum() / cpu.length));
		this.figures.put("below 100 kB: p50 ms", millis(nanos[nanos.length / 2]));
		this.figures.put("below 100 kB: p99 ms", millis(nanos[(int) (nanos.length * 0.99)]));
		this.figures.put("below 100 kB: max ms", millis(nanos[nanos.length - 1]));
	}

	private void throughput(List<byte[]> files) throws Exception {
		int cores = Runtime.getRuntime().availableProcessors();
		double[] rates = new double[ROUNDS];
		try (var pool = Executors.newFixedThreadPool(cores)) {
			for (int round = 0; round < ROUNDS; round++) {
				long start = System.nanoTime();
				List<Future<?>> running = new ArrayList<>();
				for (byte[] file : files) {
					running.add(pool.submit(() -> work(file)));
				}
				for (Future<?> one : running) {
					one.get();
				}
				rates[round] = files.size() / ((System.nanoTime() - start) / 1e9);
			}
		}
		Arrays.sort(rates);
		this.figures.put("cores", cores);
		this.figures.put("files per second, median", Math.round(rates[ROUNDS / 2]));
	}

	private void large() {
		byte[] large = manifest(3 * 1024 * 1024);
		long[] nanos = new long[ROUNDS];
		for (int round = -2; round < ROUNDS; round++) {
			long start = System.nanoTime();
			work(large);
			if (round >= 0) {
				nanos[round] = System.nanoTime() - start;
			}
		}
		Arrays.sort(nanos);
		this.figures.put("3 MB of workloads: median ms", millis(nanos[ROUNDS / 2]));
	}

	private void server(String server) throws Exception {
		byte[] body = manifest(5 * 1000 * 1000);
		HttpClient client = HttpClient.newHttpClient();
		HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/workflow/instrument?language=java"))
			.timeout(Duration.ofSeconds(120))
			.header("Content-Type", "application/yaml")
			.POST(BodyPublishers.ofByteArray(body))
			.build();
		long start = System.nanoTime();
		List<CompletableFuture<HttpResponse<Void>>> running = Stream
			.generate(() -> client.sendAsync(request, BodyHandlers.discarding()))
			.limit(64)
			.toList();
		Map<Integer, Integer> statuses = new TreeMap<>();
		for (CompletableFuture<HttpResponse<Void>> one : running) {
			// -1: no answer at all
			statuses.merge(one.handle((response, failure) -> (response != null) ? response.statusCode() : -1).get(), 1,
					Integer::sum);
		}
		this.figures.put("64 requests of 5 MB at once: answers", statuses.toString());
		this.figures.put("64 requests of 5 MB at once: seconds", millis(System.nanoTime() - start) / 1000);
	}

	private static byte[] manifest(int size) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; text.length() < size; i++) {
			text.append("""
					apiVersion: v1
					kind: ConfigMap
					metadata: {name: c%d}
					data:
					  key: |
					%s
					---
					apiVersion: apps/v1
					kind: Deployment
					metadata: {name: d%d}
					spec:
					  template:
					    metadata:
					      labels: {app: d%d}
					    spec:
					      containers:
					        - name: app
					          image: eclipse-temurin:21-jre
					---
					""".formatted(i, "    line of a script # and its comment\n".repeat(60), i, i));
		}
		return text.toString().getBytes();
	}

	private static void work(byte[] file) {
		try {
			INSTRUMENTER.instrument(ManifestBytes.decode(file), OPTIONS);
		}
		catch (ManifestRefusedException refusal) {
			// Counts like any other file.
		}
	}

	private static List<byte[]> read(Path folder) throws IOException {
		try (Stream<Path> walk = Files.walk(folder)) {
			return walk.filter(Files::isRegularFile).sorted().map((file) -> {
				try {
					return Files.readAllBytes(file);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).toList();
		}
	}

	private static double millis(long nanos) {
		return Math.round(nanos / 1e3) / 1e3;
	}

	private void print() {
		this.figures.forEach((name, value) -> System.out.printf(Locale.ROOT, "%-40s %s%n", name, value));
		System.out.println("{" + String.join(", ",
				this.figures.entrySet()
					.stream()
					.map((figure) -> "\"" + figure.getKey() + "\": "
							+ ((figure.getValue() instanceof String text) ? "\"" + text + "\"" : figure.getValue()))
					.toList())
				+ "}");
	}

}
