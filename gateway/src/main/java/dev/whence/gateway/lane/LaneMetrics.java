package dev.whence.gateway.lane;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.http.HttpStatusCode;

/** Times requests under the name and with the tags that all other requests have. */
final class LaneMetrics {

	private static final String REQUESTS = "http.server.requests";

	private final MeterRegistry meters;

	private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

	LaneMetrics(MeterRegistry meters) {
		this.meters = meters;
	}

	/**
	 * Records a request that has ended.
	 * @param status 0 if there was no answer
	 */
	void record(String path, int status, long nanos) {
		this.timers.computeIfAbsent(new Key(path, status), this::timer).record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timer timer(Key key) {
		return Timer.builder(REQUESTS)
			.tag("method", "POST")
			.tag("uri", key.path)
			.tag("status", (key.status > 0) ? Integer.toString(key.status) : "UNKNOWN")
			.tag("outcome", outcome(key.status))
			.tag("exception", "none")
			.tag("error", "none")
			.register(this.meters);
	}

	private static String outcome(int status) {
		if (status == 0) {
			return "UNKNOWN";
		}
		HttpStatusCode code = HttpStatusCode.valueOf(status);
		if (code.is2xxSuccessful()) {
			return "SUCCESS";
		}
		if (code.is4xxClientError()) {
			return "CLIENT_ERROR";
		}
		return code.is5xxServerError() ? "SERVER_ERROR" : "REDIRECTION";
	}

	private record Key(String path, int status) {
	}

}
