package dev.whence.benchmarks.ingest.load;

import java.util.List;
import java.util.random.RandomGenerator;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;

/** The words of a shop of twenty services, as its telemetry would use them. */
final class Vocabulary {

	static final List<String> SERVICES = List.of("frontend", "checkout", "cart", "payment", "shipping", "catalog",
			"currency", "recommendation", "ads", "email", "quote", "accounting", "fraud-detection", "search", "reviews",
			"inventory", "pricing", "session", "image-provider", "feature-flags");

	static final List<String> ROUTES = List.of("/api/products/{id}", "/api/cart", "/api/checkout",
			"/api/recommendations", "/api/shipping/quote", "/api/orders/{id}");

	static final List<String> METHODS = List.of("GET", "GET", "GET", "POST", "PUT");

	private static final String FRAME = "\n\tat com.example.shop.%s.OrderService.step%d(OrderService.java:%d)";

	private final RandomGenerator random;

	Vocabulary(RandomGenerator random) {
		this.random = random;
	}

	<T> T oneOf(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	int below(int bound) {
		return this.random.nextInt(bound);
	}

	/** True in so many of a thousand cases. */
	boolean perMille(int share) {
		return this.random.nextInt(1000) < share;
	}

	Resource resource(String service) {
		String pod = service + "-" + Integer.toHexString(0x10000 + below(0x7FFFF)) + "-x" + below(10);
		return Resource.newBuilder()
			.addAttributes(text("service.name", service))
			.addAttributes(text("service.version", "1." + below(20) + ".0"))
			.addAttributes(text("cloud.region", "eu-1"))
			.addAttributes(text("k8s.namespace.name", "shop"))
			.addAttributes(text("k8s.pod.name", pod))
			.addAttributes(text("host.name", "node-" + below(12)))
			.addAttributes(number("process.pid", 7 + below(90)))
			.build();
	}

	InstrumentationScope scope(String service) {
		return InstrumentationScope.newBuilder().setName("shop." + service).setVersion("2.1").build();
	}

	String stackTrace(String service) {
		StringBuilder trace = new StringBuilder("java.lang.IllegalStateException: upstream refused the order");
		for (int i = 0; i < 12; i++) {
			trace.append(FRAME.formatted(service.replace("-", ""), i, 40 + 7 * i));
		}
		return trace.toString();
	}

	static KeyValue text(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

	static KeyValue number(String key, long value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setIntValue(value)).build();
	}

	static KeyValue real(String key, double value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setDoubleValue(value)).build();
	}

	static KeyValue flag(String key, boolean value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setBoolValue(value)).build();
	}

	/** Any eight bytes. */
	ByteString eightBytes() {
		byte[] bytes = new byte[8];
		this.random.nextBytes(bytes);
		bytes[0] |= 1;
		return ByteString.copyFrom(bytes);
	}

}
