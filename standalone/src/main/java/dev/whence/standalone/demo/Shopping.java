package dev.whence.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Lets customers shop, now or in minutes that have passed, and sends what the shop emits.
 */
final class Shopping {

	private static final int NORMAL_ROUNDS = 8;

	private static final int FAULTY_ROUNDS = 6;

	private static final int CHECKOUTS_A_ROUND = 10;

	private static final Duration ROUND = Duration.ofSeconds(1);

	/**
	 * Below 20, no minute can be told from another; as live rounds must not be a flood.
	 */
	private static final int CHECKOUTS_A_MINUTE = 50;

	/** A collector measures that often. */
	private static final Duration MEASURED_EVERY = Duration.ofSeconds(15);

	private static final int WIDTH = 16;

	private final DemoClient client;

	private final Progress progress;

	private final Random random;

	private final Shop shop;

	private int signals;

	Shopping(DemoClient client, Progress progress, Random random) {
		this.client = client;
		this.progress = progress;
		this.random = random;
		this.shop = new Shop(random);
	}

	/** How many logs, spans and metric points were sent so far. */
	int signals() {
		return this.signals;
	}

	/**
	 * Sends the minutes, the oldest first: that is the order in which they are looked at.
	 */
	void pass(Rehearsal rehearsal) {
		int minutes = rehearsal.minutes().size();
		for (int i = 0; i < minutes; i++) {
			Rehearsal.Minute minute = rehearsal.minutes().get(i);
			send(collect(minute), minute.start());
			progress("Earlier minutes", i + 1, minutes);
		}
		this.progress.end();
	}

	/** Everybody in a faulty minute is hit. */
	Telemetry collect(Rehearsal.Minute minute) {
		Telemetry telemetry = new Telemetry(minute.fault());
		Duration between = Rehearsal.MINUTE.dividedBy(CHECKOUTS_A_MINUTE);
		for (int i = 0; i < CHECKOUTS_A_MINUTE; i++) {
			this.shop.checkout(telemetry, minute.start().plus(between.multipliedBy(i)), minute.fault());
		}
		for (Duration at = Duration.ZERO; at.compareTo(Rehearsal.MINUTE) < 0; at = at.plus(MEASURED_EVERY)) {
			for (String host : Deployment.HOSTS) {
				telemetry.processor(host, minute.start().plus(at), this.shop.processor(host, minute.fault()));
			}
		}
		return telemetry;
	}

	/**
	 * Customers shop now, until the fault has hit many of them.
	 * @return when the fault began
	 */
	Instant live(LoudFault fault) {
		rounds("Normal traffic", NORMAL_ROUNDS, null);
		Instant begin = Instant.now();
		rounds("Something breaks", FAULTY_ROUNDS, fault);
		return begin;
	}

	private void rounds(String title, int rounds, @Nullable LoudFault fault) {
		for (int round = 1; round <= rounds; round++) {
			Instant begun = Instant.now();
			Telemetry telemetry = new Telemetry(fault);
			for (int i = 0; i < CHECKOUTS_A_ROUND; i++) {
				// Faults rarely hit everybody.
				boolean hit = fault != null && this.random.nextInt(10) < 6;
				this.shop.checkout(telemetry, begun.plusMillis(this.random.nextInt(200)), hit ? fault : null);
			}
			send(telemetry, Instant.now());
			progress(title, round, rounds);
			pause(ROUND.minus(Duration.between(begun, Instant.now())));
		}
		this.progress.end();
	}

	private void send(Telemetry telemetry, Instant measuredAt) {
		this.client.send(telemetry, measuredAt);
		this.signals += telemetry.count();
	}

	private void progress(String title, int done, int all) {
		int width = Math.min(all, WIDTH);
		int filled = done * width / all;
		this.progress.step("  %-17s [%s%s]".formatted(title, "#".repeat(filled), ".".repeat(width - filled)),
				done == all);
	}

	static void pause(Duration duration) {
		if (duration.isPositive()) {
			LockSupport.parkNanos(duration.toNanos());
		}
	}

}
