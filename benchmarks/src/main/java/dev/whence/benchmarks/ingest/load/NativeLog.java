package dev.whence.benchmarks.ingest.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** A native log record as JSON, of the size and mix of {@link OtlpLogs}. */
final class NativeLog {

	private NativeLog() {
	}

	static byte[] body(Slots slots, int variant) {
		Vocabulary words = new Vocabulary(new SplittableRandom(variant));
		// One of twenty is not INFO: with a pool this small that is the nearest to 3 %.
		String level = (variant == 7) ? "WARN" : "INFO";
		return """
				{"signal_id":"%s","trace_id":"%s","timestamp":"%s","service_name":"%s","level":"%s",\
				"message":"order %d accepted, %d parcels","attributes":{"http.request.method":"%s","http.route":"%s",\
				"request.id":"%s","order.items":%d,"duration_ms":%d.25,"cache.hit":true,\
				"k8s.pod.name":"orders-5d9c7b-x%d","deployment.environment.name":"production"}}\
				""".formatted(slots.uuidText(0), slots.traceText(0), slots.timeText(0),
				Vocabulary.SERVICES.get(variant % Vocabulary.SERVICES.size()), level, 100_000 + words.below(900_000),
				words.below(9), words.oneOf(Vocabulary.METHODS), words.oneOf(Vocabulary.ROUTES), slots.unique(0),
				words.below(40), words.below(1000), words.below(10))
			.getBytes(StandardCharsets.UTF_8);
	}

}
