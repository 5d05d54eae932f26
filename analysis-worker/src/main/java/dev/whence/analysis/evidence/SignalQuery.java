package dev.whence.analysis.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.whence.analysis.behaviour.Execution;
import dev.whence.model.SignalType;

/** Requests of the query service that show again what was seen. */
final class SignalQuery {

	private static final String UNRESERVED = "-._~:";

	private SignalQuery() {
	}

	/** The signals of a service while the executions ran; there is at least one. */
	static String of(String service, SignalType type, List<Execution> executions) {
		Instant from = executions.stream().map((one) -> one.span().timestamp()).min(Instant::compareTo).orElseThrow();
		Instant to = executions.stream().map((one) -> one.span().endTime()).max(Instant::compareTo).orElseThrow();
		return of(service, type, from, to);
	}

	/** The signals of a service in that time. */
	static String of(String service, SignalType type, Instant from, Instant to) {
		return "/query/signals?service_name=" + encoded(service) + "&signal_type=" + type.wireName() + "&start_time="
				+ from + "&end_time=" + to;
	}

	/** One trace. */
	static String trace(String traceId) {
		return "/query/traces/" + encoded(traceId);
	}

	private static String encoded(String text) {
		StringBuilder encoded = new StringBuilder();
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			char character = (char) (octet & 0xff);
			if (character < 0x80 && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
				encoded.append(character);
			}
			else {
				encoded.append('%').append(String.format("%02X", (int) character));
			}
		}
		return encoded.toString();
	}

}
