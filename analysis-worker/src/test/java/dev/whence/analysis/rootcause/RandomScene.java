package dev.whence.analysis.rootcause;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.whence.analysis.evidence.SceneStory;
import dev.whence.analysis.trace.TraceStory;

/** Any trouble that comes to mind, the same for the same seed. */
final class RandomScene {

	private static final List<String> SERVICES = List.of("web", "shop", "cart", "bank", "stock", "mail");

	private static final List<String> MESSAGES = List.of("declined", "timed out", "no such item");

	private final Random random;

	private RandomScene(long seed) {
		this.random = new Random(seed);
	}

	static SceneStory of(long seed) {
		return new RandomScene(seed).story();
	}

	private SceneStory story() {
		SceneStory story = new SceneStory();
		for (int i = 0; i + 1 < SERVICES.size(); i++) {
			story.calls(SERVICES.get(i), SERVICES.get(i + 1 + this.random.nextInt(SERVICES.size() - i - 1)));
		}
		story.instances("cart", "cart-0", "cart-1").host("node-1", "cart-0", "bank");
		if (this.random.nextBoolean()) {
			failures(story);
		}
		if (this.random.nextBoolean()) {
			metrics(story);
		}
		if (this.random.nextBoolean()) {
			alerts(story);
		}
		if (this.random.nextInt(3) == 0) {
			slow(story);
		}
		if (this.random.nextBoolean()) {
			story.change(service(), -this.random.nextInt(2400), "version 1 -> 2");
		}
		return story;
	}

	private void failures(SceneStory story) {
		for (int i = 0; i < 1 + this.random.nextInt(6); i++) {
			TraceStory trace = new TraceStory("f" + i);
			String parent = null;
			for (int depth = 0; depth < 1 + this.random.nextInt(4); depth++) {
				String id = "s" + depth;
				int start = 10 * depth;
				if (this.random.nextInt(4) > 0) {
					trace.failed(id, parent, service(), start, 500 - 50 * depth);
				}
				else {
					trace.span(id, parent, service(), start, 500 - 50 * depth);
				}
				parent = id;
			}
			story.failing(trace.error(service(), parent, this.random.nextInt(400),
					MESSAGES.get(this.random.nextInt(MESSAGES.size()))));
		}
	}

	private void metrics(SceneStory story) {
		for (String service : SERVICES) {
			story.metric(service, "cpu_usage_pct", 20, this.random.nextInt(4) == 0 ? 95 : 20);
			story.metric(service, "latency_p99_seconds", 0.1, this.random.nextInt(3) == 0 ? 3 : 0.1);
		}
	}

	private void alerts(SceneStory story) {
		for (int i = 0; i < this.random.nextInt(12); i++) {
			switch (this.random.nextInt(4)) {
				case 0 -> story.callAlert(service(), service(), "500", i);
				case 1 -> story.logAlert(service(), "ERROR out of order", 1 + this.random.nextInt(50), i);
				case 2 -> story.alert("cart-" + this.random.nextInt(2), "metric" + (char) ('a' + i), i);
				default -> story.alert(service(), (i % 2 == 0) ? "latency" : "queue length", i);
			}
		}
	}

	private void slow(SceneStory story) {
		String slow = service();
		List<TraceStory> normal = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			normal.add(call("n" + i, slow, 50 + this.random.nextInt(5)));
			story.trace(call("w" + i, slow, 2000 + this.random.nextInt(5)));
		}
		story.normally(normal).normally(normal.subList(0, 10));
	}

	private static TraceStory call(String trace, String callee, int took) {
		return new TraceStory(trace).span("s1", null, "entry", 0, took + 20).span("s2", "s1", callee, 5, took);
	}

	private String service() {
		return SERVICES.get(this.random.nextInt(SERVICES.size()));
	}

}
