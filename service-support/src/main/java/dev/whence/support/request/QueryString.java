package dev.whence.support.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;

/** The query of a URL as it was sent, before it is decoded. */
final class QueryString {

	/** Characters of a name that are shown to the caller. */
	private static final int SHOWN = 100;

	private QueryString() {
	}

	/**
	 * Looks at the name and the value of every parameter.
	 * @throws ProblemException 400 naming the parameter that cannot be decoded, or whose
	 * name has the brackets of a list, which would otherwise be ignored like any unknown
	 * name
	 */
	static void check(String query) {
		if (isPlain(query)) {
			return;
		}
		for (String parameter : query.split("&")) {
			int equals = parameter.indexOf('=');
			String rawName = (equals < 0) ? parameter : parameter.substring(0, equals);
			String name = decode(rawName);
			if (name == null) {
				throw invalid("The name of a parameter, '" + shown(rawName) + "', is not UTF-8 in percent-encoding");
			}
			if (name.endsWith("]")) {
				throw invalid("The parameter '" + shown(name) + "' has brackets in its name: repeat the plain name, "
						+ "or separate values by commas where several are taken");
			}
			if (equals >= 0 && decode(parameter.substring(equals + 1)) == null) {
				throw invalid("The parameter '" + shown(name) + "' is not UTF-8 in percent-encoding");
			}
		}
	}

	/** Almost every query: nothing to decode, no brackets. */
	private static boolean isPlain(String query) {
		for (int i = 0; i < query.length(); i++) {
			char c = query.charAt(i);
			if (c == '%' || c == ']' || c > '~') {
				return false;
			}
		}
		return true;
	}

	/** The text, or null where it is none. */
	private static @Nullable String decode(String encoded) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
		for (int i = 0; i < encoded.length(); i++) {
			char c = encoded.charAt(i);
			if (c > 0xFF) {
				return null;
			}
			if (c != '%') {
				bytes.write((c == '+') ? ' ' : c);
				continue;
			}
			int high = (i + 2 < encoded.length()) ? digit(encoded.charAt(i + 1)) : -1;
			int low = (i + 2 < encoded.length()) ? digit(encoded.charAt(i + 2)) : -1;
			if (high < 0 || low < 0) {
				return null;
			}
			bytes.write(high << 4 | low);
			i += 2;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
		}
		catch (CharacterCodingException _) {
			return null;
		}
	}

	private static int digit(char c) {
		return (c <= 'f') ? Character.digit(c, 16) : -1;
	}

	private static String shown(String name) {
		return (name.length() > SHOWN) ? name.substring(0, SHOWN) + "…" : name;
	}

	private static ProblemException invalid(String detail) {
		return new ProblemException(ProblemCode.INVALID_PARAMETER, detail);
	}

}
