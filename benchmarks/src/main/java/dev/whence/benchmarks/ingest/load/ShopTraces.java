package dev.whence.benchmarks.ingest.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * What the services of a shop send: traces of five spans and five logs, seven attributes
 * of the resource, six of the signal, random ids. For one thread.
 */
public final class ShopTraces {

	private static final String[] SERVICES = { "frontend", "cart", "checkout", "payment", "shipping", "currency",
			"catalog", "recommendation", "email", "ad" };

	private static final String[] TEXTS = { "Received request for order %d from user %s",
			"Charged card ending in %d, transaction %s", "Query took %d ms on connection %s",
			"Cache miss for product %d, key %s", "Retrying call %d to upstream, request %s" };

	private static final String[] ROUTES = { "/api/orders/{id}", "/api/cart", "/api/products/{id}", "/api/checkout" };

	private final Random random;

	private final List<TraceId> traces = new ArrayList<>();

	private final List<String> rareWords = new ArrayList<>();

	public ShopTraces(long seed) {
		this.random = new Random(seed);
	}

	/** One of those that there are. */
	public TraceId knownTrace() {
		return this.traces.get(this.random.nextInt(this.traces.size()));
	}

	public TraceId unknownTrace() {
		return new TraceId(hex(16));
	}

	/** A word that is in one log. */
	public String rareWord() {
		return this.rareWords.get(this.random.nextInt(this.rareWords.size()));
	}

	/** Five spans and five logs that begin at an instant. */
	public List<Signal> trace(Instant start) {
		TraceId trace = unknownTrace();
		if (this.random.nextInt(100) == 0) {
			this.traces.add(trace);
		}
		List<Signal> signals = new ArrayList<>();
		String parent = null;
		Instant at = start;
		Duration left = Duration.ofNanos(50_000_000L + this.random.nextInt(400_000_000));
		for (int i = 0; i < 5; i++) {
			String span = hex(8);
			String service = (this.random.nextInt(50_000) == 0) ? "rare"
					: SERVICES[(i == 0) ? 0 : this.random.nextInt(SERVICES.length)];
			signals.add(new Span(uuid(), trace, span, parent, service,
					"GET " + ROUTES[this.random.nextInt(ROUTES.length)], SpanKind.SERVER, at, left,
					(this.random.nextInt(50) == 0) ? "ERROR" : "OK", null, attributes(), resource(service), Map.of()));
			String word = hex(4);
			if (this.random.nextInt(1_000) == 0) {
				this.rareWords.add(word);
			}
			signals.add(new LogRecord(uuid(), trace, span, service, at.plus(left.dividedBy(3)),
					(this.random.nextInt(30) == 0) ? "ERROR" : "INFO",
					TEXTS[this.random.nextInt(TEXTS.length)].formatted(this.random.nextInt(100_000), word),
					attributes(), resource(service), Map.of()));
			parent = span;
			at = at.plus(left.dividedBy(10));
			left = left.multipliedBy(8).dividedBy(10);
		}
		return signals;
	}

	private Map<String, @Nullable Object> attributes() {
		return Map.<String, @Nullable Object>of("http.request.method", "GET", "http.route",
				ROUTES[this.random.nextInt(ROUTES.length)], "http.response.status_code",
				(this.random.nextInt(40) == 0) ? 500 : 200, "user.id", "user-" + this.random.nextInt(10_000),
				"net.peer.port", this.random.nextInt(1_024, 65_536), "thread.name", "exec-" + this.random.nextInt(32));
	}

	private Map<String, @Nullable Object> resource(String service) {
		String pod = service + "-7d9f8b6c5-" + this.random.nextInt(3);
		return Map.<String, @Nullable Object>of("service.name", service, "service.version", "1.4.2",
				"service.instance.id", pod, "k8s.namespace.name", "shop", "k8s.pod.name", pod, "telemetry.sdk.language",
				"java", "telemetry.sdk.version", "1.52.0");
	}

	private String hex(int bytes) {
		byte[] some = new byte[bytes];
		this.random.nextBytes(some);
		return HexFormat.of().formatHex(some);
	}

	private UUID uuid() {
		return new UUID(this.random.nextLong(), this.random.nextLong());
	}

}
