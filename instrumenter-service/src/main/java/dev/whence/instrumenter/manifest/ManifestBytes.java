package dev.whence.instrumenter.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import dev.whence.instrumenter.manifest.ManifestRefusedException.Reason;

/** From bytes to text, strictly: what is not UTF-8 is refused instead of repaired. */
public final class ManifestBytes {

	private ManifestBytes() {
	}

	/**
	 * Decodes; a byte order mark stays in the text.
	 * @throws ManifestRefusedException if the bytes are not UTF-8
	 */
	public static String decode(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.decode(ByteBuffer.wrap(bytes))
				.toString();
		}
		catch (CharacterCodingException ex) {
			throw new ManifestRefusedException(Reason.ENCODING, "the manifest is not UTF-8", 0, 0);
		}
	}

}
