package dev.whence.control.image.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reads what a writer says to have seen. */
final class Preconditions {

	private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");

	private Preconditions() {
	}

	/** The entity tag of a version. */
	static String tag(int version) {
		return "\"" + version + "\"";
	}

	/**
	 * The version of an {@code If-Match} header, or null where it says nothing.
	 * @throws ProblemException {@code PRECONDITION_FAILED} for a tag that is none of ours
	 */
	static @Nullable Integer version(@Nullable String ifMatch) {
		if (ifMatch == null || ifMatch.strip().equals("*")) {
			return null;
		}
		Matcher tag = TAG.matcher(ifMatch.strip());
		if (!tag.matches()) {
			throw new ProblemException(ProblemCode.PRECONDITION_FAILED,
					"If-Match must name one version, such as \"3\"");
		}
		return Integer.valueOf(tag.group(1));
	}

}
