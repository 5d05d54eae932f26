package dev.whence.e2e.hostile;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

/** JSON bodies that the list describes by their shape. */
final class JsonBombs {

	private JsonBombs() {
	}

	static byte[] of(JsonNode gen) {
		int count = gen.path("count").asInt(0);
		String body = switch (gen.get("kind").asString()) {
			case "json_repeat" -> gen.get("template")
				.toString()
				.replace("\"@ARR\"",
						"[" + (gen.get("item").asString() + ",").repeat(count - 1) + gen.get("item").asString() + "]");
			case "json_nest" -> log("m", "{\"x\":" + gen.get("open").asString().repeat(gen.get("depth").asInt())
					+ gen.get("close").asString().repeat(gen.get("depth").asInt()) + "}");
			case "json_keys" -> log("m", keys(count));
			case "json_hash_collide" -> log("m", collidingKeys(count));
			case "json_longstr" ->
				gen.get("field").asString().equals("message") ? log("x".repeat(gen.get("len").asInt()), "{}")
						: log("m", "{}").replace("bad-input", "s".repeat(gen.get("len").asInt()));
			case "xray_batch" -> "{\"events\":[" + "{\"type\":\"run_start\",\"data\":{}},".repeat(count - 1)
					+ "{\"type\":\"run_start\",\"data\":{}}]}";
			case "repeat_str" -> gen.path("prefix").asString("") + gen.get("s").asString().repeat(gen.get("n").asInt());
			default -> throw new IllegalArgumentException(gen.toString());
		};
		return body.getBytes(StandardCharsets.UTF_8);
	}

	/** A log that nothing is wrong with, but for its message or attributes. */
	static String log(String message, String attributes) {
		return """
				{"signal_id":"%s","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","service_name":"bad-input",\
				"timestamp":"2026-01-01T00:00:00Z","level":"ERROR","message":"%s","attributes":%s}"""
			.formatted(UUID.randomUUID(), message, attributes);
	}

	private static String keys(int count) {
		StringBuilder keys = new StringBuilder("{");
		for (int n = 0; n < count; n++) {
			keys.append((n > 0) ? "," : "").append("\"k").append(n).append("\":1");
		}
		return keys.append('}').toString();
	}

	/** "Aa" and "BB" have the same hash code, hence so have all their sequences. */
	private static String collidingKeys(int count) {
		StringBuilder keys = new StringBuilder("{");
		for (int n = 0; n < count; n++) {
			keys.append((n > 0) ? ",\"" : "\"");
			for (int bit = 0; bit < 17; bit++) {
				keys.append(((n >> bit & 1) == 0) ? "Aa" : "BB");
			}
			keys.append("\":1");
		}
		return keys.append('}').toString();
	}

}
