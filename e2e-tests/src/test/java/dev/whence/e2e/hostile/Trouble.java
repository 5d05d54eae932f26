package dev.whence.e2e.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.whence.e2e.platform.DatabasePause;
import dev.whence.e2e.platform.Whence;

/**
 * Load while something is gone: shorter and on fewer connections than the list says,
 * since the package {@code fire} does this for as long as one likes.
 */
final class Trouble {

	private static final Duration BEFORE = Duration.ofSeconds(1);

	private static final Duration DURING = Duration.ofSeconds(8);

	private static final Duration AFTER = Duration.ofSeconds(3);

	private final Site site;

	private final Whence whence = Whence.running();

	private final Wire wire;

	private final HostileCase hostile;

	private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());

	private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());

	Trouble(HostileCase hostile, Site site) {
		this.hostile = hostile;
		this.wire = new Wire(site.port());
		this.site = site;
	}

	/** All answers; what was acknowledged is remembered. */
	List<Answer> run() throws InterruptedException {
		int senders = this.hostile.kind().equals("overload") ? 128 : 16;
		long end = System.nanoTime() + BEFORE.plus(DURING).plus(AFTER).toNanos();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int n = 0; n < senders; n++) {
				executor.submit(() -> send(end));
			}
			Thread.sleep(BEFORE);
			trouble();
		}
		return this.answers;
	}

	List<String> acknowledged() {
		return this.acknowledged;
	}

	private void trouble() throws InterruptedException {
		switch (this.hostile.gen().path("target").asString("")) {
			case "postgres" -> {
				try (DatabasePause _ = DatabasePause.of(this.whence.database())) {
					Thread.sleep(DURING);
				}
			}
			case "redis" -> {
				this.whence.redis().kill();
				Thread.sleep(DURING);
				this.whence.redis().restart();
			}
			default -> Thread.sleep(DURING);
		}
	}

	private Void send(long end) throws IOException {
		while (System.nanoTime() < end) {
			String log = JsonBombs.log("m", "{}").replace("ERROR", "INFO");
			String id = log.substring(14, 14 + UUID.randomUUID().toString().length());
			byte[] body = log.getBytes(StandardCharsets.UTF_8);
			Answer answer = this.wire
				.exchange(Request.of(this.hostile, this.site, body).with("Connection", "close").bytes());
			this.answers.add(answer);
			if (answer.isSuccess()) {
				this.acknowledged.add(id);
			}
		}
		return null;
	}

}
