package dev.whence.standalone.evaluate.installation;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

import dev.whence.standalone.StartException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends signals through the native batch endpoint, a few requests under way at a time.
 * For use by one thread.
 */
public final class SignalSender {

	/**
	 * Far below what one request may have, so that a commit takes a fraction of a second.
	 */
	private static final int BATCH = 2_000;

	private static final int UNDER_WAY = 3;

	private final ProjectClient client;

	private final Executor threads = (task) -> Thread.ofVirtual().start(task);

	private final Semaphore slots = new Semaphore(UNDER_WAY);

	private final List<CompletableFuture<Void>> pending = new ArrayList<>();

	private final LongAdder rejected = new LongAdder();

	private final JsonMapper json = JsonMapper.shared();

	private ByteArrayOutputStream body = new ByteArrayOutputStream();

	private int count;

	private long sent;

	private volatile @Nullable String complaint;

	public SignalSender(ProjectClient client) {
		this.client = client;
	}

	/** Sends a signal, soon. */
	public void send(ObjectNode signal) {
		this.body.writeBytes(this.json.writeValueAsBytes(signal));
		this.body.write('\n');
		this.sent++;
		if (++this.count == BATCH) {
			flush();
		}
	}

	/** Returns when everything is stored that was accepted. */
	public void await() {
		flush();
		try {
			CompletableFuture.allOf(this.pending.toArray(CompletableFuture[]::new)).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof StartException sentence) ? sentence : ex;
		}
		this.pending.clear();
	}

	/** How many signals were sent. */
	public long sent() {
		return this.sent;
	}

	/** How many of them were rejected. */
	public long rejected() {
		return this.rejected.sum();
	}

	/** Why one of the rejected was rejected; null when none was. */
	public @Nullable String complaint() {
		return this.complaint;
	}

	private void flush() {
		if (this.count == 0) {
			return;
		}
		byte[] batch = this.body.toByteArray();
		this.body = new ByteArrayOutputStream(batch.length + batch.length / 4);
		this.count = 0;
		this.slots.acquireUninterruptibly();
		this.pending.add(CompletableFuture.runAsync(() -> {
			try {
				note(this.client.post("/ingest/batch", "application/x-ndjson", batch));
			}
			finally {
				this.slots.release();
			}
		}, this.threads));
	}

	private void note(JsonNode answer) {
		this.rejected.add(answer.path("rejected").asLong());
		for (JsonNode item : answer.path("items")) {
			if (item.path("status").asString("").equals("rejected")) {
				this.complaint = item.path("errors").path(0).toString();
			}
		}
	}

}
