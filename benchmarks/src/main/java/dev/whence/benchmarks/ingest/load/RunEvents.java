package dev.whence.benchmarks.ingest.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * Events of decision runs as X-Ray's SDK sends them: for each run nine steps, filters
 * most of all, and then that it is complete.
 */
final class RunEvents {

	private static final int EVENTS_OF_RUN = 10;

	private RunEvents() {
	}

	static byte[] body(Slots slots, int variant, int events) {
		Vocabulary words = new Vocabulary(new SplittableRandom(variant));
		StringJoiner all = new StringJoiner(",", "{\"events\":[", "]}");
		for (int i = 0; i < events; i++) {
			int run = i - i % EVENTS_OF_RUN;
			all.add((i % EVENTS_OF_RUN == EVENTS_OF_RUN - 1 || i == events - 1) ? complete(slots, i, run)
					: step(slots, words, i, run));
		}
		return all.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String step(Slots slots, Vocabulary words, int event, int run) {
		int in = 10 + words.below(5_000);
		int out = words.below(in);
		int some = (in - out) / 3;
		return """
				{"type":"step_complete","data":{"id":"%s","run_id":"%s","name":"filter %d","type":"%s",\
				"reasoning":"Filtered %d candidates, %d survived.","inputs":{"candidate_count":%d,\
				"sample_input":{"id":"p-%d","price":%d.5,"rating":4.5}},\
				"outputs":{"survivor_count":%d,"survivors":[{"id":"p-%d","price":%d.5},{"id":"p-%d","price":%d.25}]},\
				"metadata":{"rejection_histogram":{"price_too_high":%d,"rating_too_low":%d},"drop_rate":%.6f,\
				"total_count":%d},"cost":0.00%d,"started_at":"%s","completed_at":"%s","status":"completed"}}\
				""".formatted(slots.uuidText(event), slots.uuidText(run), event % EVENTS_OF_RUN,
				(event % 3 == 0) ? "retrieval" : "filter", in, out, in, words.below(100_000), words.below(500), out,
				words.below(100_000), words.below(500), words.below(100_000), words.below(500), some, in - out - some,
				(in - out) / (double) in, in, words.below(10), slots.timeText(event), slots.timeText(event));
	}

	private static String complete(Slots slots, int event, int run) {
		return """
				{"type":"run_complete","data":{"id":"%s","name":"competitor search","tags":{"version":"1.%d"},\
				"started_at":"%s","completed_at":"%s","status":"COMPLETED","steps":[]}}\
				""".formatted(slots.uuidText(run), event % 7, slots.timeText(run), slots.timeText(event));
	}

}
