package dev.whence.analysis.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.observation.Firing;
import dev.whence.analysis.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * A firing alert in the form of Alertmanager's API, with the incident beside it.
 *
 * @param endsAt when it ends unless it is posted again
 */
record AlertView(Map<String, String> labels, Map<String, String> annotations, Instant startsAt, Instant endsAt,
		Instant updatedAt, String fingerprint, Status status, List<Receiver> receivers, String generatorURL,
		@JsonProperty("incident_id") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID incidentId) {

	/** The only receiver there is: Whence. */
	private static final List<Receiver> RECEIVERS = List.of(new Receiver("whence"));

	static AlertView of(Firing firing) {
		Observation observation = firing.observation();
		return new AlertView(observation.labels(), observation.annotations(), observation.startsAt(),
				Objects.requireNonNullElse(firing.expiresAt(), firing.updatedAt()), firing.updatedAt(),
				observation.fingerprint(), Status.ACTIVE, RECEIVERS, firing.generatorUrl(), firing.incident());
	}

	/** Whence silences and inhibits nothing. */
	record Status(String state, List<String> silencedBy, List<String> inhibitedBy) {

		private static final Status ACTIVE = new Status("active", List.of(), List.of());

	}

	record Receiver(String name) {
	}

}
