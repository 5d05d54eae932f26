package dev.whence.standalone.evaluate.installation;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.whence.standalone.evaluate.data.AlertLine;
import tools.jackson.databind.JsonNode;

/** The alerts of a project, through the Alertmanager API. */
public final class Alerts {

	private static final String PATH = "/api/v2/alerts";

	/** As many as an Alertmanager would send at once. */
	private static final int BATCH = 100;

	private final ProjectClient client;

	public Alerts(ProjectClient client) {
		this.client = client;
	}

	/** Sends alerts in their order. */
	public void send(List<AlertLine> alerts) {
		for (int from = 0; from < alerts.size(); from += BATCH) {
			this.client.post(PATH, alerts.subList(from, Math.min(alerts.size(), from + BATCH)));
		}
	}

	/** The incident that an alert belongs to; empty when it belongs to none yet. */
	public Optional<String> incidentOf(AlertLine alert) {
		return Optional.ofNullable(incidents(alert.startsAt(), alert.startsAt()).get(alert.identity()));
	}

	/**
	 * The incidents of all alerts that fired at any time of the range and belong to one;
	 * the range must hold no more than the API lists.
	 */
	public Map<AlertLine.Identity, String> incidents(Instant from, Instant to) {
		Map<AlertLine.Identity, String> incidents = new HashMap<>();
		for (JsonNode stored : this.client.get(PATH + "?from=" + from + "&to=" + to)) {
			if (stored.hasNonNull("incident_id")) {
				Map<String, String> labels = new HashMap<>();
				stored.path("labels").forEachEntry((name, value) -> labels.put(name, value.asString()));
				incidents.put(new AlertLine.Identity(labels, Instant.parse(stored.path("startsAt").asString())),
						stored.path("incident_id").asString());
			}
		}
		return incidents;
	}

}
