package dev.whence.standalone.evaluate.installation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;

/** The incidents of a project, as a person in front of the console has them. */
public final class Incidents {

	private static final Duration POLL = Duration.ofMillis(100);

	private static final Duration ANNOUNCED = Duration.ofSeconds(3);

	private static final Duration COUNTED = Duration.ofMinutes(15);

	private static final int PAGE = 200;

	private static final int CONFLICT = 409;

	private final ProjectClient client;

	public Incidents(ProjectClient client) {
		this.client = client;
	}

	/**
	 * The analysis of an incident's current version; empty as long as there is none.
	 */
	public Optional<JsonNode> analysis(String incident) {
		return this.client.find("/query/incidents/" + incident)
			.filter(Incidents::isAnalyzed)
			.flatMap((found) -> this.client.find("/query/incidents/" + incident + "/analysis")
				.filter((analysis) -> analysis.path("incident_version").asLong() == found.path("version").asLong()));
	}

	/**
	 * Waits until every minute that was sent is counted, since others are compared with
	 * counted ones only.
	 */
	public void awaitCounted() {
		// What was just sent is announced within a moment.
		poll(ANNOUNCED, () -> (waiting() > 0) ? Optional.of(true) : Optional.empty());
		poll(COUNTED, () -> (waiting() == 0) ? Optional.of(true) : Optional.empty());
	}

	/** Waits until every minute was looked at for trouble, too. */
	public void awaitLookedAt() {
		awaitCounted();
		poll(COUNTED, () -> (waiting("detect") == 0) ? Optional.of(true) : Optional.empty());
	}

	private long waiting() {
		return waiting("rollup");
	}

	private long waiting(String kind) {
		return this.client.get("/query/analysis/backlog").path(kind).asLong();
	}

	/** How many there are, whatever their state. */
	public long count() {
		return this.client.get("/query/incidents?limit=1").path("total").asLong();
	}

	/** All of them, in any order. */
	public List<JsonNode> all() {
		List<JsonNode> all = new ArrayList<>();
		JsonNode page;
		do {
			page = this.client.get("/query/incidents?limit=" + PAGE + "&offset=" + all.size()).path("items");
			page.forEach(all::add);
		}
		while (page.size() == PAGE);
		return all;
	}

	/** Resolves what is open, so that what comes next is an incident of its own. */
	public void resolveAll() {
		for (String status : List.of("open", "investigating")) {
			for (JsonNode incident : this.client.get("/query/incidents?limit=" + PAGE + "&status=" + status)
				.path("items")) {
				resolve(incident.path("id").asString());
			}
		}
	}

	/**
	 * Asks again and again, ten times a second.
	 * @return what was found; empty when nothing was found in time
	 */
	public static <T> Optional<T> poll(Duration patience, Supplier<Optional<T>> question) {
		long deadline = System.nanoTime() + patience.toNanos();
		Optional<T> answer = question.get();
		while (answer.isEmpty() && System.nanoTime() < deadline) {
			LockSupport.parkNanos(POLL.toNanos());
			answer = question.get();
		}
		return answer;
	}

	// One that has gone on by itself meanwhile is no failure.
	private void resolve(String incident) {
		try {
			this.client.post("/query/incidents/" + incident + "/resolve", Map.of("actor", "evaluation"));
		}
		catch (ProjectClient.Refused ex) {
			if (ex.status() != CONFLICT) {
				throw ex;
			}
		}
	}

	private static boolean isAnalyzed(JsonNode incident) {
		return incident.path("version").asLong() > 0
				&& incident.path("version").asLong() == incident.path("analyzed_version").asLong();
	}

}
