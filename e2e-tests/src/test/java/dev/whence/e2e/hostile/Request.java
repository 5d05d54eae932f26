package dev.whence.e2e.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A request as bytes of HTTP/1.1.
 *
 * @param declared the Content-Length, which may be a lie
 */
record Request(String method, String path, Map<String, String> headers, byte[] body, int declared) {

	/** Whose users are people; those of other groups have the key. */
	private static final Set<String> OF_PEOPLE = Set.of("auth", "authz", "config");

	static Request of(HostileCase hostile, Site site, byte[] body) {
		Map<String, String> headers = new LinkedHashMap<>(hostile.headers());
		switch (hostile.auth()) {
			case "ingest" -> headers.put("X-Api-Key", site.key());
			case "user", "other_tenant" -> {
				if (OF_PEOPLE.contains(hostile.group())) {
					headers.put("Authorization", "Bearer " + site.credential(hostile.auth()));
				}
				else {
					headers.put("X-Api-Key", site.key());
				}
			}
			default -> {
			}
		}
		return new Request(hostile.method(), hostile.path().replace(" ", "%20"), headers, body, body.length);
	}

	Request with(String header, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(header, value);
		return new Request(this.method, this.path, more, this.body, this.declared);
	}

	Request declaring(int length) {
		return new Request(this.method, this.path, this.headers, this.body, length);
	}

	byte[] bytes() {
		StringBuilder head = new StringBuilder(this.method + " " + this.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
		this.headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		if (this.declared > 0 || this.method.equals("POST") || this.method.equals("PATCH")) {
			head.append("Content-Length: ").append(this.declared).append("\r\n");
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		// Header values are octets.
		bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
		bytes.writeBytes(this.body);
		return bytes.toByteArray();
	}

}
