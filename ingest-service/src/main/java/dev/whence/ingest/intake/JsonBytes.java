package dev.whence.ingest.intake;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;

/**
 * JSON as it arrives, made fit for a parser that reads bytes. That parser trusts UTF-8
 * more than it may, and refuses a whole body for the escape of a lone surrogate in a key,
 * which is to be replaced like one in a value. Clean bodies are not copied.
 */
public final class JsonBytes {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private static final byte[] REPLACEMENT = { '\\', 'u', 'f', 'f', 'f', 'd' };

	/** Characters that are checked at a time. */
	private static final int CHUNK = 8 * 1024;

	/** Of an escape such as {@code \\ud800}. */
	private static final int ESCAPE = 6;

	private JsonBytes() {
	}

	/**
	 * The same text without a byte order mark and without escapes of lone surrogates; of
	 * the same length otherwise.
	 * @throws ProblemException 400 when it is not UTF-8
	 */
	public static byte[] tidy(byte[] body) {
		if (body.length >= 3 && Arrays.equals(body, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
			return tidy(Arrays.copyOfRange(body, 3, body.length));
		}
		boolean escapes = false;
		boolean ascii = true;
		for (int i = 0; i < body.length; i++) {
			byte b = body[i];
			ascii &= b >= 0;
			escapes |= b == '\\' && isSurrogate(body, i);
		}
		if (!ascii) {
			requireUtf8(body);
		}
		return escapes ? withoutLoneSurrogates(body) : body;
	}

	private static void requireUtf8(byte[] body) {
		try {
			CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
			ByteBuffer in = ByteBuffer.wrap(body);
			// The characters themselves are of no interest, and would be twice the body.
			CharBuffer out = CharBuffer.allocate(CHUNK);
			CoderResult result = decoder.decode(in, out, true);
			while (result.isOverflow()) {
				out.clear();
				result = decoder.decode(in, out, true);
			}
			if (result.isError()) {
				result.throwException();
			}
		}
		catch (CharacterCodingException ex) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not UTF-8");
		}
	}

	private static byte[] withoutLoneSurrogates(byte[] body) {
		byte[] tidy = body.clone();
		for (int i = 0; i < tidy.length; i++) {
			if (tidy[i] != '\\') {
				continue;
			}
			if (!isSurrogate(tidy, i)) {
				// Skips what is escaped, which may be a backslash itself.
				i++;
			}
			else if (isHigh(tidy, i) && isSurrogate(tidy, i + ESCAPE) && !isHigh(tidy, i + ESCAPE)) {
				i += 2 * ESCAPE - 1;
			}
			else {
				System.arraycopy(REPLACEMENT, 0, tidy, i, ESCAPE);
				i += ESCAPE - 1;
			}
		}
		return tidy;
	}

	// \uD800 to \uDFFF, in either case.
	private static boolean isSurrogate(byte[] body, int at) {
		return at + ESCAPE <= body.length && body[at] == '\\' && body[at + 1] == 'u' && (body[at + 2] | 0x20) == 'd'
				&& (body[at + 3] == '8' || body[at + 3] == '9'
						|| ((body[at + 3] | 0x20) >= 'a' && (body[at + 3] | 0x20) <= 'f'))
				&& isHex(body[at + 4]) && isHex(body[at + 5]);
	}

	private static boolean isHigh(byte[] body, int at) {
		return (body[at + 3] | 0x20) < 'c';
	}

	private static boolean isHex(byte b) {
		return Character.digit(b, 16) >= 0;
	}

}
