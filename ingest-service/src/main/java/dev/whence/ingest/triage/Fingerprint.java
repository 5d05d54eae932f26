package dev.whence.ingest.triage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

import dev.whence.model.LogMask;
import dev.whence.model.Sha256;

/**
 * Names a kind of trouble: 16 hexadecimal digits over the parts that stay the same when
 * it happens again. The leading version is raised whenever the parts change; that of the
 * masks belongs to it, because they decide what is a part.
 */
final class Fingerprint {

	private static final String VERSION = "2";

	private static final int BYTES = 8;

	private Fingerprint() {
	}

	static String of(String... parts) {
		MessageDigest sha256 = Sha256.newDigest();
		sha256.update((VERSION + "." + LogMask.VERSION).getBytes(StandardCharsets.UTF_8));
		for (String part : parts) {
			sha256.update((byte) 0);
			sha256.update(part.getBytes(StandardCharsets.UTF_8));
		}
		return HexFormat.of().formatHex(sha256.digest(), 0, BYTES);
	}

}
