package dev.whence.e2e.fire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import dev.whence.e2e.fire.PlainConnection.Answer;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.Whence;

/**
 * Asks one question after the other, of every service behind the gateway in turn, each
 * once: whatever is not answered with success stays so.
 */
final class Reader implements Runnable {

	private static final Duration THINK = Duration.ofMillis(20);

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private static final String MANIFEST = """
			{"deployment_name":"one","manifest_content":"apiVersion: v1\\nkind: Pod\\nmetadata: {name: one}\\nspec: {containers: [{name: a, image: b}]}\\n"}""";

	private final PlainConnection connection;

	private final List<byte[]> questions = new ArrayList<>();

	private final Map<String, Integer> answers = new TreeMap<>();

	private final List<String> failures = new ArrayList<>();

	private final Thread thread;

	private volatile long count;

	private volatile boolean stopping;

	private Reader(int port, Set<Service> services) {
		this.connection = new PlainConnection(port, PATIENCE);
		ask(services, Service.GATEWAY, "/health", "/");
		ask(services, Service.QUERY, "/query/incidents?limit=5", "/query/signals?limit=5", "/query/analysis/backlog");
		ask(services, Service.ANALYSIS, "/api/notifications/channels", "/api/notifications/routes");
		ask(services, Service.CONTROL, "/.well-known/jwks.json", "/api/users/");
		ask(services, Service.INSTRUMENTER, "/workflow/rules", "/workflow/usage");
		if (services.contains(Service.INSTRUMENTER)) {
			this.questions.add(PlainConnection.post("/workflow/instrument", "application/json", Whence.KEY,
					MANIFEST.getBytes(StandardCharsets.UTF_8)));
		}
		this.thread = Thread.ofPlatform().daemon().name("reader").start(this);
	}

	/**
	 * Begins.
	 * @param services that are there
	 */
	static Reader asking(int port, Set<Service> services) {
		return new Reader(port, EnumSet.copyOf(services));
	}

	private void ask(Set<Service> services, Service service, String... paths) {
		if (services.contains(service)) {
			for (String path : paths) {
				this.questions.add(PlainConnection.get(path, Whence.KEY));
			}
		}
	}

	/** Ends once the question under way is answered. */
	void finish() throws InterruptedException {
		this.stopping = true;
		this.thread.join();
	}

	/** How many questions were answered with success so far. */
	long count() {
		return this.count;
	}

	/** How often each question was answered with success; to be read at the end. */
	Map<String, Integer> answers() {
		return this.answers;
	}

	/** What was answered otherwise, or not at all. */
	List<String> failures() {
		return this.failures;
	}

	@Override
	public void run() {
		try (this.connection) {
			for (int n = 0; !this.stopping; n++) {
				byte[] question = this.questions.get(n % this.questions.size());
				ask(question, new String(question, StandardCharsets.ISO_8859_1).lines().findFirst().orElseThrow());
				LockSupport.parkNanos(THINK.toNanos());
			}
		}
	}

	private void ask(byte[] question, String line) {
		try {
			Answer answer = this.connection.exchange(question);
			if (answer.isSuccess()) {
				this.answers.merge(line, 1, Integer::sum);
				this.count++;
			}
			else {
				this.failures.add("%s %s: %d %.300s".formatted(Instant.now(), line, answer.status(), answer.text()));
			}
		}
		catch (IOException ex) {
			this.failures.add(Instant.now() + " " + line + ": " + ex);
		}
	}

}
