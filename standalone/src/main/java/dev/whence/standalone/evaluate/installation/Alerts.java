package dev.whence.standalone.evaluate.installation;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
		String filter = "alertname=\"" + alert.labels().get("alertname") + "\"";
		for (JsonNode stored : this.client.get(PATH + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8))) {
			if (stored.hasNonNull("incident_id") && isSame(stored, alert)) {
				return Optional.of(stored.path("incident_id").asString());
			}
		}
		return Optional.empty();
	}

	/** The incidents of all alerts that belong to one. */
	public Map<AlertLine.Identity, String> incidents() {
		Map<AlertLine.Identity, String> incidents = new HashMap<>();
		for (JsonNode stored : this.client.get(PATH)) {
			if (stored.hasNonNull("incident_id")) {
				Map<String, String> labels = new HashMap<>();
				stored.path("labels").forEachEntry((name, value) -> labels.put(name, value.asString()));
				incidents.put(new AlertLine.Identity(labels, Instant.parse(stored.path("startsAt").asString())),
						stored.path("incident_id").asString());
			}
		}
		return incidents;
	}

	private static boolean isSame(JsonNode stored, AlertLine alert) {
		return Instant.parse(stored.path("startsAt").asString()).equals(alert.startsAt())
				&& hasAll(stored.path("labels"), alert.labels());
	}

	private static boolean hasAll(JsonNode stored, Map<String, String> labels) {
		return labels.entrySet()
			.stream()
			.allMatch((label) -> label.getValue().equals(stored.path(label.getKey()).asString("")));
	}

}
