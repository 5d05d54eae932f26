package dev.whence.ingest.signal;

import java.util.Set;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What the content type of a native body says; JSON where there is none. */
enum BodyType {

	JSON, LINES;

	// There is no registered type; these are in use.
	private static final Set<String> LINES_SUBTYPES = Set.of("x-ndjson", "ndjson", "jsonl", "x-jsonlines");

	/**
	 * @throws ProblemException 415 when it says something else
	 */
	static BodyType of(@Nullable String contentType) {
		if (contentType == null || contentType.equals(MediaType.APPLICATION_JSON_VALUE)) {
			return JSON;
		}
		try {
			String subtype = MediaType.parseMediaType(contentType).getSubtype();
			if (subtype.equals("json") || subtype.endsWith("+json")) {
				return JSON;
			}
			if (LINES_SUBTYPES.contains(subtype)) {
				return LINES;
			}
		}
		catch (InvalidMediaTypeException _) {
			// Refused below like any other type.
		}
		throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
				"Content-Type must be application/json" + ", or application/x-ndjson for a batch");
	}

}
