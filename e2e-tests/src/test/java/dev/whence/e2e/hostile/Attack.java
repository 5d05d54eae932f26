package dev.whence.e2e.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import dev.whence.e2e.platform.Whence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Does to a site what a case says and brings back every answer. */
final class Attack {

	private final HostileCase hostile;

	private final Site site;

	private final Wire wire;

	Attack(HostileCase hostile, Site site) {
		this.hostile = hostile;
		this.site = site;
		this.wire = new Wire(site.port());
	}

	List<Answer> run() throws IOException {
		JsonNode gen = this.hostile.gen();
		return switch (this.hostile.kind()) {
			case "" -> List.of(send(this.hostile.body()));
			case "raw" -> List.of(this.wire.exchangeToTheEnd(raw(gen.get("raw").asString())));
			case "utf16" -> List.of(send(gen.get("s").asString().getBytes(StandardCharsets.UTF_16)));
			case "json_repeat", "json_nest", "json_keys", "json_hash_collide", "json_longstr", "xray_batch",
					"repeat_str" ->
				List.of(send(JsonBombs.of(gen)));
			case "gzip_bomb", "gzip_nested", "zstd_bomb", "deflate_raw", "not_gzip", "gzip_truncated", "gzip_badcrc",
					"gzip_multi", "gzip_trailing", "enc" -> {
				Compressed compressed = Compressed.of(gen);
				yield List.of(send(request(compressed.body()).with("Content-Encoding", compressed.encoding())));
			}
			case "otlp_replay" -> times(gen.get("times").asInt(), request(OtlpBodies.of(gen)));
			case "otlp_anyvalue_nest", "otlp_partial", "otlp_nul", "otlp_span", "otlp_hist", "otlp_exphist",
					"otlp_cardinality" ->
				List.of(send(OtlpBodies.of(gen)));
			case "repeat" -> times(gen.get("times").asInt(), request(bytes(gen.get("body"))));
			case "repeat_uppercase_id" -> List.of(send(bytes(gen.get("body"))), send(bytes(upperCaseId(gen))));
			case "parallel" -> parallel(gen);
			case "span_cycle" -> List.of(send(cycle("a1", "b1")), send(cycle("b1", "a1")));
			case "bytes" -> List.of(send(new byte[gen.get("len").asInt()]));
			case "short_body" -> List.of(this.wire.exchangeAndFinish(
					request(new byte[gen.get("sent").asInt()]).declaring(gen.get("declared").asInt()).bytes()));
			case "rst_then_retry" -> {
				reset(request(bytes(gen.get("body"))));
				yield List.of(send(bytes(gen.get("body"))));
			}
			case "big_header" -> List.of(send(request(JsonBombs.log("m", "{}").getBytes(StandardCharsets.UTF_8))
				.with(gen.get("name").asString(), "k".repeat(gen.get("bytes").asInt()))));
			case "many_headers" -> List.of(this.wire.exchange(manyHeaders(gen.get("count").asInt())));
			case "slow_body" -> Flood.slowBodies(this.wire.from("127.0.0.66"), this.site.key(), gen);
			case "idle_conns" -> Flood.idle(this.wire.from("127.0.0.67"), gen);
			case "h2_rapid_reset" -> Flood.rapidReset(List.of(this.site.port(), this.site.grpcPort()), gen);
			case "jwt" -> List
				.of(send(Tokens.credential(request(this.hostile.body()), gen.get("variant").asString(), this.site)));
			case "timing_pair" -> Guesses.pairs(this.wire.from("127.0.0.68"), this.hostile, this.site);
			case "brute_xff" ->
				Guesses.manyAddresses(this.wire.from("127.0.0.69"), this.hostile, this.site, gen.get("tries").asInt());
			case "github_replay" -> times(gen.get("times").asInt(), delivery("{}".getBytes(StandardCharsets.UTF_8)));
			default -> throw new IllegalArgumentException("nobody knows how to make " + gen);
		};
	}

	private Request request(byte[] body) {
		return Request.of(this.hostile, this.site, body);
	}

	// As GitHub signs it: only who knows the secret can replay anything.
	private Request delivery(byte[] body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Whence.WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
			return request(body).with("X-GitHub-Event", "workflow_run")
				.with("X-GitHub-Delivery", this.hostile.id())
				.with("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Answer send(byte[] body) throws IOException {
		return send(request(body));
	}

	private Answer send(Request request) throws IOException {
		return this.wire.exchange(request.bytes());
	}

	private List<Answer> times(int times, Request request) throws IOException {
		List<Answer> answers = new ArrayList<>();
		for (int n = 0; n < times; n++) {
			answers.add(send(request));
		}
		return answers;
	}

	private List<Answer> parallel(JsonNode gen) {
		byte[] request = request(bytes(gen.get("body"))).bytes();
		AtomicInteger left = new AtomicInteger(gen.get("times").asInt());
		List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
		try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int n = 0; n < gen.get("connections").asInt(); n++) {
				senders.execute(() -> {
					while (left.getAndDecrement() > 0) {
						try {
							answers.add(this.wire.exchange(request));
						}
						catch (IOException ex) {
							throw new UncheckedIOException(ex);
						}
					}
				});
			}
		}
		return answers;
	}

	// The credential is what the list calls auth; only then the bytes are looked at.
	private byte[] raw(String raw) {
		String text = raw.replace("@1MB", "x".repeat(1024 * 1024));
		if (this.hostile.auth().equals("ingest") && text.contains(" HTTP/1.1\r\n")) {
			text = text.replaceFirst("\r\n", "\r\nX-Api-Key: " + this.site.key() + "\r\n");
		}
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private void reset(Request request) throws IOException {
		try (Socket socket = this.wire.connect()) {
			socket.getOutputStream().write(request.bytes());
			socket.setSoLinger(true, 0);
		}
	}

	private static byte[] bytes(JsonNode body) {
		return body.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static JsonNode upperCaseId(JsonNode gen) {
		ObjectNode body = (ObjectNode) gen.get("body").deepCopy();
		return body.put("signal_id", body.get("signal_id").asString().toUpperCase(Locale.ROOT));
	}

	private static byte[] cycle(String span, String parent) {
		return """
				{"signal_id":"%s","trace_id":"bad-input-cycle","span_id":"%s","parent_span_id":"%s",\
				"service_name":"bad-input","name":"n","start_time":"2026-01-01T00:00:00Z",\
				"end_time":"2026-01-01T00:00:01Z","status":"OK"}""".formatted(UUID.randomUUID(), span, parent)
			.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] manyHeaders(int count) {
		StringBuilder head = new StringBuilder("GET /health HTTP/1.1\r\nHost: h\r\n");
		for (int n = 0; n < count; n++) {
			head.append("X-").append(n).append(": v\r\n");
		}
		return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
	}

}
