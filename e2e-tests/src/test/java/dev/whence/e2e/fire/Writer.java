package dev.whence.e2e.fire;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import dev.whence.e2e.fire.Delivery.Protocol;
import dev.whence.e2e.fire.PlainConnection.Answer;
import dev.whence.e2e.platform.Whence;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that sends one delivery after the other, each with the same bytes until it is
 * acknowledged. It is more eager than {@code Retry-After} asks for.
 */
final class Writer implements Runnable {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Duration THINK = Duration.ofMillis(20);

	private static final Duration PAUSE = Duration.ofMillis(100);

	// Longer than anything in Whence waits.
	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final DeliveryPlan plan;

	private final int port;

	private final PlainConnection connection;

	private final Ledger ledger = new Ledger();

	private final Random random = new Random();

	private volatile boolean stopping;

	private volatile boolean abandoned;

	private volatile long acknowledgedAt = System.nanoTime();

	private volatile boolean troubled;

	Writer(DeliveryPlan plan, int port) {
		this.plan = plan;
		this.port = port;
		this.connection = new PlainConnection(port, PATIENCE);
	}

	/** Makes it end once its current delivery is acknowledged. */
	void stop() {
		this.stopping = true;
	}

	/** Makes it end whether or not its current delivery is acknowledged. */
	void abandon() {
		this.stopping = true;
		this.abandoned = true;
	}

	/** When the latest acknowledgement was read. */
	long acknowledgedAt() {
		return this.acknowledgedAt;
	}

	/** Whether trouble was among what was acknowledged. */
	boolean isTroubled() {
		return this.troubled;
	}

	/** To be read when the writer has ended. */
	Ledger ledger() {
		return this.ledger;
	}

	@Override
	public void run() {
		try (this.connection) {
			while (!this.stopping) {
				Delivery delivery = this.plan.next();
				this.ledger.begin();
				byte[] request = PlainConnection.post(delivery.path(), delivery.protocol().contentType(), Whence.KEY,
						delivery.body());
				while (!this.abandoned && !settled(delivery, request)) {
					pause(PAUSE);
				}
				pause(THINK);
			}
		}
	}

	/** Whether the delivery need not be sent again. */
	private boolean settled(Delivery delivery, byte[] request) {
		Answer answer = attempt(request);
		if (answer == null) {
			return false;
		}
		if (answer.isSuccess()) {
			int duplicates = duplicates(delivery, answer);
			if (duplicates >= 0) {
				this.acknowledgedAt = System.nanoTime();
				this.troubled |= !delivery.troubles().isEmpty();
				this.ledger.acknowledge(delivery, duplicates);
			}
			return true;
		}
		if (answer.isTransient()) {
			if ((answer.status() == 429 || answer.status() == 503) && !answer.headers().containsKey("retry-after")) {
				offend(delivery, answer, "without Retry-After");
			}
			this.ledger
				.setBack("%s %s: %d %.300s".formatted(Instant.now(), delivery.path(), answer.status(), answer.text()));
			return false;
		}
		offend(delivery, answer, "which no client may get");
		// Ours would otherwise lack a delivery that it never gave up.
		return answer.status() < 500;
	}

	private @Nullable Answer attempt(byte[] request) {
		long begun = System.nanoTime();
		Answer answer = null;
		try {
			answer = this.connection.exchange(request);
		}
		catch (IOException ex) {
			// Nobody knows whether it was stored: that is what retries are for.
			this.ledger.setBack(Instant.now() + " " + ex);
		}
		this.ledger.attempt(
				new Attempt(this.port, begun, System.nanoTime(), (answer != null) ? answer.status() : Attempt.BROKEN));
		return answer;
	}

	/** How many signals were known already; negative when not all were taken. */
	private int duplicates(Delivery delivery, Answer answer) {
		return switch (delivery.protocol()) {
			case NATIVE -> outcome(delivery, answer, JSON.readTree(answer.body()).path("outcome").asString("stored"));
			case BATCH -> batch(delivery, answer, "accepted");
			// What was known already is processed, too.
			case XRAY -> batch(delivery, answer, "processed");
			case OTLP -> {
				if (answer.body().length > 0) {
					offend(delivery, answer, "with a partial success");
					yield -1;
				}
				yield 0;
			}
		};
	}

	private int outcome(Delivery delivery, Answer answer, String outcome) {
		return switch (outcome) {
			case "stored" -> 0;
			case "duplicate" -> 1;
			default -> {
				offend(delivery, answer, "with the outcome " + outcome);
				yield -1;
			}
		};
	}

	private int batch(Delivery delivery, Answer answer, String taken) {
		JsonNode counts = JSON.readTree(answer.body());
		int duplicates = counts.path("duplicates").asInt(-1);
		int others = (delivery.protocol() == Protocol.XRAY) ? 0 : duplicates;
		if (duplicates < 0 || counts.path(taken).asInt(-1) + others != delivery.marks().size()) {
			offend(delivery, answer, "without all of its signals");
			return -1;
		}
		return duplicates;
	}

	private void offend(Delivery delivery, Answer answer, String how) {
		this.ledger.offend("%s %s (%s, %d signals) was answered %d %s: %.300s".formatted(Instant.now(), delivery.path(),
				delivery.marks().getFirst(), delivery.marks().size(), answer.status(), how,
				(delivery.protocol() == Protocol.OTLP && answer.isSuccess()) ? "" : answer.text()));
	}

	private void pause(Duration mean) {
		LockSupport.parkNanos((long) (mean.toNanos() * (0.5 + this.random.nextDouble())));
	}

}
