package dev.whence.e2e.hostile;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * What came back for one request.
 *
 * @param status 0 where the connection ended or stayed silent without HTTP
 * @param headers names in lower case
 * @param closed whether the server ended the connection afterwards
 * @param early whether it answered before it had the whole body
 */
record Answer(int status, Map<String, String> headers, byte[] body, Duration took, boolean closed, boolean early) {

	static Answer none(Duration took, boolean closed) {
		return new Answer(0, Map.of(), new byte[0], took, closed, false);
	}

	Answer asClosed() {
		return new Answer(this.status, this.headers, this.body, this.took, true, this.early);
	}

	boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

	boolean isRefusal() {
		return this.status >= 400 && this.status < 500;
	}

	String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

	String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/** Short enough for a message. */
	String summary() {
		String text = text();
		return this.status + " " + ((text.length() > 300) ? text.substring(0, 300) + "..." : text);
	}

}
