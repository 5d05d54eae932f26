package dev.whence.xray;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Sends what runs tell to Whence, or to any other server that knows the X-Ray protocol.
 * <p>
 * Recording never waits and never throws, whatever becomes of the server: events are
 * written down by the thread that records them and delivered by one daemon thread, in
 * batches and in order. What does not fit into the bounded queue is dropped and counted.
 * A batch is repeated on 408, 429, 502, 503, 504 and when there is no answer, for as long
 * as {@link Builder#retryFor(Duration)} says; a server may see an event twice and knows
 * it by its id. What a server refuses is never sent again.
 * <p>
 * Every event ends in exactly one of {@link #sent()}, {@link #dropped()} and
 * {@link #failed()}. Problems are logged by {@link System.Logger}
 * {@code dev.whence.xray}, at most every half minute.
 * <p>
 * {@link #close()} and the end of the process deliver what waits, within a bounded time.
 */
public final class XrayClient implements AutoCloseable {

	private static volatile @Nullable XrayClient shared;

	private final Settings settings;

	private final Outbox outbox;

	private final Sender sender;

	private final Thread exit;

	XrayClient(Settings settings) {
		this.settings = settings;
		this.outbox = new Outbox(settings.maxQueuedEvents(), settings.maxQueuedBytes());
		this.sender = new Sender(settings, this.outbox);
		this.exit = new Thread(() -> this.sender.close(settings.closeTimeout()), "whence-xray-exit");
		if (settings.enabled()) {
			start();
		}
	}

	/**
	 * The client that {@link Run#start(String)} uses: the one that was
	 * {@linkplain #share(XrayClient) shared}, else one that the environment describes.
	 */
	public static XrayClient shared() {
		XrayClient known = shared;
		return (known != null) ? known : FromEnvironment.CLIENT;
	}

	/** Makes this the client that {@link Run#start(String)} uses from now on. */
	public static void share(XrayClient client) {
		shared = client;
	}

	/**
	 * Starts from the environment: {@code WHENCE_ENDPOINT}, {@code WHENCE_API_KEY} and
	 * {@code WHENCE_XRAY_ENABLED}.
	 */
	public static Builder builder() {
		return new Builder(System.getenv());
	}

	/** Starts a run. */
	public Run start(String name) {
		return start(name, Map.of());
	}

	/**
	 * Starts a run.
	 * @param tags by which it is found again, such as a version
	 */
	public Run start(String name, Map<String, ?> tags) {
		return new Run(this, name, tags);
	}

	/**
	 * Waits until all that was recorded so far is sent, dropped or failed.
	 * @return false when that took longer than {@link Builder#closeTimeout(Duration)}
	 */
	public boolean flush() {
		return !this.settings.enabled() || this.sender.flush(this.settings.closeTimeout());
	}

	/**
	 * Delivers what waits, for at most {@link Builder#closeTimeout(Duration)}, and drops
	 * the rest. What is recorded afterwards is dropped.
	 */
	@Override
	public void close() {
		this.sender.close(this.settings.closeTimeout());
		try {
			Runtime.getRuntime().removeShutdownHook(this.exit);
		}
		catch (IllegalStateException ex) {
			// The process ends already.
		}
	}

	/** How many events a server has acknowledged. */
	public long sent() {
		return this.outbox.sent();
	}

	/**
	 * How many events were never sent, or not within the time for closing: because the
	 * queue was full, the client closed, or an event could not be written.
	 */
	public long dropped() {
		return this.outbox.dropped();
	}

	/** How many events a server refused, or was offered in vain for too long. */
	public long failed() {
		return this.outbox.failed();
	}

	/** How many events wait for their delivery or are under way. */
	public int queued() {
		return this.outbox.size();
	}

	Settings settings() {
		return this.settings;
	}

	void emit(String type, Map<String, @Nullable Object> data) {
		if (!this.settings.enabled()) {
			return;
		}
		if (this.outbox.isFull()) {
			this.outbox.dropUnwritten();
			return;
		}
		try {
			this.outbox.offer(Json.event(type, data, this.settings.maxEventBytes()));
			this.sender.wake();
		}
		catch (RuntimeException | StackOverflowError | AssertionError | LinkageError ex) {
			this.outbox.dropUnwritten();
		}
	}

	private void start() {
		try {
			Runtime.getRuntime().addShutdownHook(this.exit);
			this.sender.start();
		}
		catch (IllegalStateException | OutOfMemoryError ex) {
			// The process ends already, or may have no more threads: all is dropped and
			// counted.
			this.outbox.close();
		}
	}

	/** In a class of its own, so that nobody waits for it but its first users. */
	private static final class FromEnvironment {

		static final XrayClient CLIENT = builder().build();

	}

	/**
	 * Describes a client. Its methods throw {@link IllegalArgumentException} for values
	 * that cannot be meant; what the environment says wrongly is logged and ignored.
	 */
	public static final class Builder {

		private static final URI DEFAULT = URI.create("http://localhost:8080/ingest");

		private boolean enabled = true;

		private URI ingest = DEFAULT;

		private @Nullable String apiKey;

		private int batchSize = 50;

		private Duration batchDelay = Duration.ofMillis(500);

		private int maxQueuedEvents = 10_000;

		private long maxQueuedBytes = 32 * 1024 * 1024;

		private int maxEventBytes = 512 * 1024;

		private int candidateSample = 200;

		private Duration requestTimeout = Duration.ofSeconds(5);

		private Duration retryFor = Duration.ofMinutes(2);

		private Duration closeTimeout = Duration.ofSeconds(5);

		private boolean gzip;

		private boolean runStarts = true;

		private boolean stepStarts;

		Builder(Map<String, String> environment) {
			this.enabled = !"false".equalsIgnoreCase(environment.get("WHENCE_XRAY_ENABLED"));
			String endpoint = environment.get("WHENCE_ENDPOINT");
			String apiKey = environment.get("WHENCE_API_KEY");
			try {
				if (endpoint != null && !endpoint.isBlank()) {
					endpoint(endpoint);
				}
				if (apiKey != null && !apiKey.isBlank()) {
					apiKey(apiKey);
				}
			}
			catch (IllegalArgumentException ex) {
				System.getLogger("dev.whence.xray").log(Level.WARNING, "in the environment: " + ex.getMessage());
			}
		}

		/** Whether anything is recorded. By default unless the environment says no. */
		public Builder enabled(boolean enabled) {
			this.enabled = enabled;
			return this;
		}

		/**
		 * Where the server is, without {@code /ingest}. By default
		 * {@code http://localhost:8080}.
		 */
		public Builder endpoint(String endpoint) {
			String base = endpoint.strip().replaceAll("/+$", "").replaceAll("/ingest$", "");
			URI ingest;
			try {
				ingest = URI.create(base + "/ingest");
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("the endpoint is no URL: " + endpoint, ex);
			}
			boolean http = "http".equalsIgnoreCase(ingest.getScheme()) || "https".equalsIgnoreCase(ingest.getScheme());
			if (!http || ingest.getHost() == null || ingest.getUserInfo() != null) {
				throw new IllegalArgumentException("the endpoint must be http:// or https:// and a host: " + endpoint);
			}
			this.ingest = ingest;
			return this;
		}

		/**
		 * Sent as {@code X-Api-Key}; it needs the scope {@code ingest}. By default none.
		 */
		public Builder apiKey(String apiKey) {
			String key = apiKey.strip();
			if (key.isEmpty() || key.chars().anyMatch((character) -> character <= ' ' || character > '~')) {
				throw new IllegalArgumentException("an API key has visible ASCII characters only");
			}
			this.apiKey = key;
			return this;
		}

		/** The most events of one request. By default 50. */
		public Builder batchSize(int batchSize) {
			this.batchSize = positive(batchSize, "batchSize");
			return this;
		}

		/** How long an event waits for others. By default 500 ms. */
		public Builder batchDelay(Duration batchDelay) {
			this.batchDelay = notNegative(batchDelay, "batchDelay");
			return this;
		}

		/** The most events that wait. By default 10,000. */
		public Builder maxQueuedEvents(int maxQueuedEvents) {
			this.maxQueuedEvents = positive(maxQueuedEvents, "maxQueuedEvents");
			return this;
		}

		/** The most bytes of events that wait. By default 32 MiB. */
		public Builder maxQueuedBytes(int maxQueuedBytes) {
			this.maxQueuedBytes = positive(maxQueuedBytes, "maxQueuedBytes");
			return this;
		}

		/**
		 * About the most bytes of one event; what it says beyond is left out; times and
		 * counts come first. By default 512 KiB.
		 */
		public Builder maxEventBytes(int maxEventBytes) {
			this.maxEventBytes = positive(maxEventBytes, "maxEventBytes");
			return this;
		}

		/**
		 * The most candidates that a step sends; counts are exact anyway. By default 200.
		 */
		public Builder candidateSample(int candidateSample) {
			if (candidateSample < 0) {
				throw new IllegalArgumentException("candidateSample must not be negative: " + candidateSample);
			}
			this.candidateSample = candidateSample;
			return this;
		}

		/** For one attempt. By default 5 s. */
		public Builder requestTimeout(Duration requestTimeout) {
			if (requestTimeout.isZero()) {
				throw new IllegalArgumentException("requestTimeout must be positive");
			}
			this.requestTimeout = notNegative(requestTimeout, "requestTimeout");
			return this;
		}

		/**
		 * For how long a batch is offered to a server that is overloaded or away, and the
		 * most that its {@code Retry-After} is honoured. By default 2 min.
		 */
		public Builder retryFor(Duration retryFor) {
			this.retryFor = notNegative(retryFor, "retryFor");
			return this;
		}

		/**
		 * The most that closing, flushing and the end of the process wait. By default 5
		 * s.
		 */
		public Builder closeTimeout(Duration closeTimeout) {
			this.closeTimeout = notNegative(closeTimeout, "closeTimeout");
			return this;
		}

		/** Whether bodies are compressed, which Whence understands. By default not. */
		public Builder gzip(boolean gzip) {
			this.gzip = gzip;
			return this;
		}

		/**
		 * Whether runs are told of when they start, so that those that never end are
		 * seen, too. By default they are.
		 */
		public Builder runStarts(boolean runStarts) {
			this.runStarts = runStarts;
			return this;
		}

		/** Whether steps are told of when they start. By default not. */
		public Builder stepStarts(boolean stepStarts) {
			this.stepStarts = stepStarts;
			return this;
		}

		/** Starts the client. */
		public XrayClient build() {
			return new XrayClient(new Settings(this.enabled, this.ingest, this.apiKey, this.batchSize, this.batchDelay,
					this.maxQueuedEvents, this.maxQueuedBytes, this.maxEventBytes, this.candidateSample,
					this.requestTimeout, this.retryFor, this.closeTimeout, this.gzip, this.runStarts, this.stepStarts));
		}

		private static int positive(int value, String name) {
			if (value <= 0) {
				throw new IllegalArgumentException(name + " must be positive: " + value);
			}
			return value;
		}

		private static Duration notNegative(Duration value, String name) {
			if (value.isNegative() || value.toDays() > 365) {
				throw new IllegalArgumentException(name + " must be between nothing and a year: " + value);
			}
			return value;
		}

	}

}
