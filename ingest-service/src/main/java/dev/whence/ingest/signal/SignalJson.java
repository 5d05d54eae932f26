package dev.whence.ingest.signal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.whence.ingest.intake.ContentId;
import dev.whence.ingest.intake.JsonBytes;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.store.rejected.RejectionReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Parses native bodies, element by element, each within the limits of one record.
 */
@Component
class SignalJson {

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

	private final JsonMapper canonical = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	/** One object and nothing else. */
	JsonItem parse(byte[] body, RequestLimits limits) {
		limits.hold(characters(body));
		JsonItem item = parse(JsonBytes.tidy(body), "the body is not one JSON object", limits);
		limits.release(characters(body));
		return item;
	}

	/**
	 * The elements of an array.
	 * @throws ProblemException 400 when the body is no array, 413 when it has too many
	 * elements or takes too much memory, 503 when it does so right now
	 */
	List<Element> array(byte[] body, int most, RequestLimits limits) {
		limits.hold(characters(body));
		byte[] tidy = JsonBytes.tidy(body);
		List<Element> elements = new ArrayList<>();
		try (JsonParser parser = this.factory.createParser(ObjectReadContext.empty(), tidy)) {
			if (parser.nextToken() != JsonToken.START_ARRAY) {
				throw malformed("The body is not one JSON array");
			}
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				requireLess(elements, most, limits);
				int from = (int) parser.currentTokenLocation().getByteOffset();
				JsonItem item = element(parser, limits);
				elements.add(new Element(item, tidy, from, (int) parser.currentLocation().getByteOffset()));
			}
			if (parser.nextToken() != null) {
				throw malformed("Something follows the JSON array");
			}
		}
		catch (JacksonException ex) {
			throw refused("the body is not one JSON array", ex).toProblem();
		}
		limits.release(characters(body));
		return elements;
	}

	/**
	 * The lines of a body, without empty ones. Whatever a line holds costs only itself.
	 * @throws ProblemException 413 when there are too many
	 */
	List<Element> lines(byte[] body, int most, RequestLimits limits) {
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
	ContentId identify(String kind, Map<String, @Nullable Object> body) {
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
		return parse(tidy, "the line is not one JSON object", limits);
	}

	private JsonItem parse(byte[] tidy, String otherwise, RequestLimits limits) {
		try (JsonParser parser = this.factory.createParser(ObjectReadContext.empty(), tidy)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return malformed(ProblemCode.MALFORMED_BODY, otherwise);
			}
			JsonItem item = new JsonObjectReader(parser, limits).read();
			return (parser.nextToken() == null) ? item : malformed(ProblemCode.MALFORMED_BODY, otherwise);
		}
		catch (JacksonException ex) {
			return refused(otherwise, ex);
		}
	}

	private static JsonItem element(JsonParser parser, RequestLimits limits) {
		if (parser.currentToken() == JsonToken.START_OBJECT) {
			return new JsonObjectReader(parser, limits).read();
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
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE, "A request may have " + most + " signals");
		}
		limits.addRecord();
	}

	private static Refusal refused(String otherwise, JacksonException failure) {
		if (failure instanceof StreamConstraintsException) {
			return Refusal.of(ProblemCode.MALFORMED_BODY, RejectionReason.LIMIT, "",
					"the JSON is beyond a limit: " + firstSentence(failure.getOriginalMessage()));
		}
		String position = (failure.getLocation() != null)
				? ", see line " + failure.getLocation().getLineNr() + ", column " + failure.getLocation().getColumnNr()
				: "";
		return malformed(ProblemCode.MALFORMED_BODY, otherwise + position);
	}

	private static Refusal malformed(ProblemCode code, String message) {
		return Refusal.of(code, RejectionReason.MALFORMED, "", message);
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
	record Element(JsonItem item, byte[] text, int from, int to) {
	}

}
