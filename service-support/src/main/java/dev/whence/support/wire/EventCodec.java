package dev.whence.support.wire;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.whence.model.AnalysisRequested;
import dev.whence.model.BuildChanged;
import dev.whence.model.Event;
import dev.whence.model.IncidentChanged;
import dev.whence.model.MinutesTouched;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalsIngested;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as JSON: camel-case fields, times in ISO 8601, the project as a number. The
 * topic says which event it is and in which version. Unknown fields are ignored, because
 * a newer sender may have added some; a missing one makes the message poison.
 */
public final class EventCodec {

	private static final Map<String, Class<? extends Event>> EVENTS = Map.of(SignalsIngested.TOPIC,
			SignalsIngested.class, MinutesTouched.TOPIC, MinutesTouched.class, AnalysisRequested.TOPIC,
			AnalysisRequested.class, IncidentChanged.TOPIC, IncidentChanged.class, BuildChanged.TOPIC,
			BuildChanged.class);

	// A mapper of its own: what travels between versions must not follow a service's
	// spring.jackson settings.
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
		.addMixIn(ProjectId.class, ProjectIdAsNumber.class)
		.build();

	private EventCodec() {
	}

	/** The message that carries the event. */
	public static WireMessage encode(Event event) {
		return new WireMessage(event.topic(), event.key(), MAPPER.writeValueAsString(event));
	}

	/**
	 * The event that a message carries.
	 * @throws PoisonMessageException when it carries none of the topic's kind
	 */
	public static Event decode(WireMessage message) {
		Class<? extends Event> type = EVENTS.get(message.topic());
		if (type == null) {
			throw new PoisonMessageException("no event travels on topic " + message.topic(), null);
		}
		try {
			Event event = MAPPER.readValue(message.json(), type);
			if (event == null) {
				throw new PoisonMessageException("the message is JSON null", null);
			}
			return event;
		}
		catch (JacksonException ex) {
			throw new PoisonMessageException("not a " + type.getSimpleName() + ": " + ex.getOriginalMessage(), ex);
		}
	}

	private abstract static class ProjectIdAsNumber {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		ProjectIdAsNumber(int value) {
		}

		@JsonValue
		abstract int value();

	}

}
