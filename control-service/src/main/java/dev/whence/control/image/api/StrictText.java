package dev.whence.control.image.api;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Takes a JSON string for a text, and no number or boolean. */
final class StrictText extends StdDeserializer<String> {

	StrictText() {
		super(String.class);
	}

	@Override
	public String deserialize(JsonParser parser, DeserializationContext context) {
		return parser.hasToken(JsonToken.VALUE_STRING) ? parser.getString()
				: (String) context.handleUnexpectedToken(String.class, parser);
	}

}
