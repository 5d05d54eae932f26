package dev.whence.e2e.fire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What ingest says of itself under {@code /metrics}, since its latest start. */
record IngestMetrics(String text) {

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	static IngestMetrics of(int port) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
			.timeout(Duration.ofSeconds(20))
			.build();
		return new IngestMetrics(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
	}

	/** Signals of all types with this outcome. */
	long signals(String outcome) {
		return (long) sum("whence_ingest_signals_total{", "outcome=\"" + outcome + "\"");
	}

	/** Platform threads. */
	long threads() {
		return (long) sum("jvm_threads_live_threads", "");
	}

	long heapMegabytes() {
		return (long) sum("jvm_memory_used_bytes{", "area=\"heap\"") / (1024 * 1024);
	}

	private double sum(String name, String label) {
		return this.text.lines()
			.filter((line) -> line.startsWith(name) && line.contains(label))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

}
