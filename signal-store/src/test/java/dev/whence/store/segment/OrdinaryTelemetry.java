package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.whence.store.table.Table;

/**
 * What services of a shop send: traces of five spans and five logs, resources of seven
 * attributes, six to eight attributes, texts made of a few sentences with numbers.
 */
final class OrdinaryTelemetry {

	static final long NOON = 1_760_000_400_000_000_000L;

	private static final String[] SERVICES = { "frontend", "cart", "checkout", "payment", "shipping", "currency",
			"catalog", "recommendation", "email", "ad" };

	private static final String[] TEXTS = { "Received request for order %d from user %s",
			"Charged card ending in %d, transaction %s", "Query took %d ms on connection %s",
			"Cache miss for product %d, key %s", "Retrying call %d to upstream, request %s" };

	private static final String[] ROUTES = { "/api/orders/{id}", "/api/cart", "/api/products/{id}", "/api/checkout" };

	private final Random random;

	private long time;

	private final long step;

	OrdinaryTelemetry(long seed, int signals, long nanos) {
		this.random = new Random(seed);
		this.time = NOON;
		this.step = nanos / Math.max(1, signals / 10);
	}

	static List<StoredRow> rows(long seed, int signals, long nanos) {
		OrdinaryTelemetry telemetry = new OrdinaryTelemetry(seed, signals, nanos);
		List<StoredRow> rows = new ArrayList<>(signals);
		while (rows.size() < signals) {
			telemetry.trace(rows);
		}
		return rows.subList(0, signals);
	}

	private void trace(List<StoredRow> rows) {
		this.time += (long) (this.step * 2 * this.random.nextDouble());
		byte[] trace = bytes(16);
		byte[] parent = null;
		long at = this.time;
		long left = 50_000_000L + this.random.nextInt(400_000_000);
		for (int i = 0; i < 5; i++) {
			byte[] span = bytes(8);
			String service = SERVICES[(i == 0) ? 0 : this.random.nextInt(SERVICES.length)];
			long received = at / 1_000_000_000L * 1_000_000_000L + 2_000_000_000L;
			rows.add(Tuples.of(Table.SPAN, at, received, uuid(), 1, (short) 30, (short) this.random.nextInt(1, 4), left,
					trace, span, parent, service, "GET " + ROUTES[this.random.nextInt(ROUTES.length)],
					(this.random.nextInt(50) == 0) ? "ERROR" : "OK", null, attributes(), resource(service), null));
			String text = TEXTS[this.random.nextInt(TEXTS.length)].formatted(this.random.nextInt(100_000),
					HexFormat.of().formatHex(bytes(4)));
			rows.add(Tuples.of(Table.LOG_RECORD, at + left / 3, received, uuid(), 1, (short) 30, trace, span, service,
					(this.random.nextInt(30) == 0) ? "ERROR" : "INFO", text, attributes(), resource(service), null));
			parent = span;
			at += left / 10;
			left = left * 8 / 10;
		}
	}

	private String attributes() {
		int status = (this.random.nextInt(40) == 0) ? 500 : 200;
		String some = "{\"http.request.method\":\"GET\",\"http.route\":\"" + ROUTES[this.random.nextInt(ROUTES.length)]
				+ "\",\"http.response.status_code\":" + status + ",\"user.id\":\"user-" + this.random.nextInt(10_000)
				+ "\",\"net.peer.port\":" + this.random.nextInt(1024, 65_536) + ",\"thread.name\":\"exec-"
				+ this.random.nextInt(32) + "\"";
		if (this.random.nextBoolean()) {
			some += ",\"retry\":false,\"order.total\":" + this.random.nextInt(100_000) / 100.0;
		}
		return some + "}";
	}

	private String resource(String service) {
		int pod = this.random.nextInt(3);
		return "{\"service.name\":\"" + service + "\",\"service.version\":\"1.4.2\",\"service.instance.id\":\""
				+ service + "-7d9f8b6c5-" + pod + "\",\"k8s.namespace.name\":\"shop\",\"k8s.pod.name\":\"" + service
				+ "-7d9f8b6c5-" + pod + "\",\"telemetry.sdk.language\":\"java\",\"telemetry.sdk.version\":\"1.52.0\"}";
	}

	private UUID uuid() {
		return new UUID(this.random.nextLong(), this.random.nextLong());
	}

	private byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return bytes;
	}

}
