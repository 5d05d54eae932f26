package dev.whence.standalone.evaluate.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of a recording on its way to the ingest API. The neutral form is the shape of
 * that API but for three things: the id is left out, {@code signal} says what
 * {@code signal_type} says there, and {@code _entry} stands for measurements that belong
 * to no service. Trace ids are counted anew in each file and must not meet in one store.
 */
public final class SignalLine {

	private static final List<String> TIMES = List.of("timestamp", "start_time", "end_time");

	private static final String SERVICE = "service_name";

	private static final String TRACE = "trace_id";

	private static final String NO_SERVICE = "_entry";

	private SignalLine() {
	}

	/** Whether it is an alert, which the ingest API does not take. */
	public static boolean isAlert(JsonNode line) {
		return "alert".equals(line.path("signal").asString(""));
	}

	/** When it happened, or began. */
	public static Instant time(JsonNode line) {
		String at = line.path("timestamp").asString("");
		return Instant.parse(at.isEmpty() ? line.path("start_time").asString() : at);
	}

	/** The service that it names; empty for none. */
	public static String service(JsonNode line) {
		String service = line.path(SERVICE).asString("");
		return service.equals(NO_SERVICE) ? "" : service;
	}

	/** The trace that it belongs to, as its file counts; null for none. */
	public static @Nullable String trace(JsonNode line) {
		return line.path(TRACE).asString(null);
	}

	/**
	 * Turns a line into what the ingest API takes.
	 * @param line is changed
	 * @param file names the recording; the line's number in it makes the signal's id
	 * @param shift is added to all its times
	 */
	public static ObjectNode toNative(ObjectNode line, String file, int number, Duration shift) {
		JsonNode type = line.remove("signal");
		if (type != null) {
			line.set("signal_type", type);
		}
		line.put("signal_id", NameUuid.of(file + "/" + number).toString());
		line.put(SERVICE, service(line));
		for (String time : TIMES) {
			if (line.path(time).isString()) {
				line.put(time, Instant.parse(line.path(time).asString()).plus(shift).toString());
			}
		}
		String trace = trace(line);
		if (trace != null) {
			line.put(TRACE, traceId(file, trace));
		}
		return line;
	}

	private static String traceId(String file, String trace) {
		return NameUuid.of(file + "/trace/" + trace).toString().replace("-", "");
	}

}
