package dev.whence.ingest.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.whence.ingest.intake.ContentId;
import dev.whence.ingest.intake.JsonBytes;
import dev.whence.ingest.intake.RecordLimits;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.store.form.EncodedJson;
import dev.whence.store.rejected.RejectionReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Parses native bodies, element by element, each within the limits of one record.
 */
@Component
public class RecordJson {

	/**
	 * Wider than what one record may have, so that an offender is refused by itself; what
	 * is beyond these costs the whole body.
	 */
	private final JsonFactory factory = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(1000)
			// Keys stay in a table that all requests share.
			.maxNameLength(2048)
			.maxStringLength(Integer.MAX_VALUE)
			.maxNumberLength(Integer.MAX_VALUE)
			.build())
		.build();

	/** The same for clients that write {@code NaN}. */
	private final JsonFactory lenient = this.factory.rebuild()
		.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
		.build();

	private final JsonMapper canonical = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	/** One object and nothing else. */
	public JsonItem parse(byte[] body, RequestLimits limits) {
		limits.hold(characters(body));
		JsonItem item = parse(JsonBytes.tidy(body), "The body is not one JSON object", limits);
		limits.release(characters(body));
		return item;
	}

	/**
	 * The elements of an array.
	 * @throws ProblemException 400 when the body is no array, 413 when it has too many
	 * elements or takes too much memory, 503 when it does so right now
	 */
	public List<Element> array(byte[] body, int most, RequestLimits limits) {
		limits.hold(characters(body));
		byte[] tidy = JsonBytes.tidy(body);
		List<Element> elements = new ArrayList<>();
		try (JsonParser parser = this.factory.createParser(ObjectReadContext.empty(), tidy)) {
			if (parser.nextToken() != JsonToken.START_ARRAY) {
				throw malformed("The body is not one JSON array");
			}
			elements(parser, tidy, elements, most,
					(one) -> new JsonObjectReader(one, RecordLimits.VALUES, limits).read(), limits);
			if (parser.nextToken() != null) {
				throw malformed("Something follows the JSON array");
			}
		}
		catch (JacksonException ex) {
			throw refused("The body is not one JSON array", ex).toProblem();
		}
		limits.release(characters(body));
		return elements;
	}

	/**
	 * The elements of an array that is a member of an object; what else the object has is
	 * passed over. Numbers that JSON does not know, such as Python writes them, cost
	 * their own element.
	 * @param kept a member of each element that keeps its text, see {@link EncodedJson}
	 * @throws ProblemException 422 when there is no such member, and as {@link #array}
	 */
	public List<Element> member(byte[] body, String name, String kept, int most, int mostValues, RequestLimits limits) {
		limits.hold(characters(body));
		byte[] tidy = JsonBytes.tidy(body);
		List<Element> elements = new ArrayList<>();
		boolean found = false;
		try (JsonParser parser = this.lenient.createParser(ObjectReadContext.empty(), tidy)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw malformed("The body is not one JSON object");
			}
			for (String member = parser.nextName(); member != null; member = parser.nextName()) {
				JsonToken token = parser.nextToken();
				if (!member.equals(name)) {
					parser.skipChildren();
					parser.finishToken();
				}
				else if (found || token != JsonToken.START_ARRAY) {
					throw wrong(name, found ? "occurs twice" : "must be a list");
				}
				else {
					found = true;
					elements(parser, tidy, elements, most,
							(one) -> new JsonObjectReader(one, mostValues, limits).read(kept, tidy), limits);
				}
			}
			if (parser.nextToken() != null) {
				throw malformed("Something follows the JSON object");
			}
		}
		catch (JacksonException ex) {
			throw refused("The body is not one JSON object", ex).toProblem();
		}
		if (!found) {
			throw wrong(name, "is required");
		}
		limits.release(characters(body));
		return elements;
	}

	/**
	 * The lines of a body, without empty ones. Whatever a line holds costs only itself.
	 * @throws ProblemException 413 when there are too many
	 */
	public List<Element> lines(byte[] body, int most, RequestLimits limits) {
		limits.hold(characters(body));
		List<Element> elements = new ArrayList<>();
		for (int from = 0; from < body.length;) {
			int to = from;
			while (to < body.length && body[to] != '\n') {
				to++;
			}
			byte[] line = Arrays.copyOfRange(body, from, to);
			if (!isBlank(line)) {
				requireLess(elements, most, limits);
				elements.add(new Element(line(line, limits), body, from, to));
			}
			from = to + 1;
		}
		limits.release(characters(body));
		return elements;
	}

	/** Identity of the content, whatever the order of its keys and the blanks between. */
	public ContentId identify(String kind, Map<String, @Nullable Object> body) {
		return ContentId.of(kind.getBytes(StandardCharsets.UTF_8), this.canonical.writeValueAsBytes(body));
	}

	/** What the parser takes while it reads: one text may be the whole body. */
	private static long characters(byte[] body) {
		return (long) RequestLimits.CHARACTER * body.length;
	}

	private JsonItem line(byte[] line, RequestLimits limits) {
		byte[] tidy;
		try {
			tidy = JsonBytes.tidy(line);
		}
		catch (ProblemException problem) {
			return malformed(problem.code(), problem.detail());
		}
		return parse(tidy, "The line is not one JSON object", limits);
	}

	private JsonItem parse(byte[] tidy, String otherwise, RequestLimits limits) {
		try (JsonParser parser = this.factory.createParser(ObjectReadContext.empty(), tidy)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return malformed(ProblemCode.MALFORMED_BODY, otherwise);
			}
			JsonItem item = new JsonObjectReader(parser, RecordLimits.VALUES, limits).read();
			return (parser.nextToken() == null) ? item : malformed(ProblemCode.MALFORMED_BODY, otherwise);
		}
		catch (JacksonException ex) {
			return refused(otherwise, ex);
		}
	}

	private static void elements(JsonParser parser, byte[] tidy, List<Element> elements, int most,
			Function<JsonParser, JsonItem> reader, RequestLimits limits) {
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			requireLess(elements, most, limits);
			int from = (int) parser.currentTokenLocation().getByteOffset();
			JsonItem item = element(parser, reader);
			elements.add(new Element(item, tidy, from, (int) parser.currentLocation().getByteOffset()));
		}
	}

	private static JsonItem element(JsonParser parser, Function<JsonParser, JsonItem> reader) {
		if (parser.currentToken() == JsonToken.START_OBJECT) {
			return reader.apply(parser);
		}
		parser.skipChildren();
		parser.finishToken();
		return malformed(ProblemCode.MALFORMED_BODY, "is not a JSON object");
	}

	private static boolean isBlank(byte[] line) {
		for (byte b : line) {
			if (b != ' ' && b != '\r' && b != '\t') {
				return false;
			}
		}
		return true;
	}

	private static void requireLess(List<Element> elements, int most, RequestLimits limits) {
		if (elements.size() == most) {
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE, "A request may have " + most + " records");
		}
		limits.addRecord();
	}

	private static Refusal refused(String otherwise, JacksonException failure) {
		if (failure instanceof StreamConstraintsException) {
			return Refusal.of(ProblemCode.MALFORMED_BODY, RejectionReason.LIMIT, "",
					"The JSON is beyond a limit: " + firstSentence(failure.getOriginalMessage()));
		}
		String position = (failure.getLocation() != null)
				? ", see line " + failure.getLocation().getLineNr() + ", column " + failure.getLocation().getColumnNr()
				: "";
		return malformed(ProblemCode.MALFORMED_BODY, otherwise + position);
	}

	private static Refusal malformed(ProblemCode code, String message) {
		return Refusal.of(code, RejectionReason.MALFORMED, "", message);
	}

	private static ProblemException wrong(String member, String message) {
		return Refusal.of(ProblemCode.INVALID_FIELD, RejectionReason.INVALID_FIELD, "/" + member, message).toProblem();
	}

	private static ProblemException malformed(String detail) {
		return new ProblemException(ProblemCode.MALFORMED_BODY, detail);
	}

	// The library's messages end with internals after the first bracket.
	private static String firstSentence(String message) {
		int end = message.indexOf(" (");
		return (end > 0) ? message.substring(0, end) : message;
	}

	/**
	 * One of several, with its place in the text.
	 *
	 * @param text holds it
	 */
	public record Element(JsonItem item, byte[] text, int from, int to) {
	}

}
