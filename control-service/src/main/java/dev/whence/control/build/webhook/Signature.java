package dev.whence.control.build.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs bodies as GitHub does: HMAC with SHA-256 over the bytes. */
final class Signature {

	private static final String ALGORITHM = "HmacSHA256";

	private static final Pattern HEADER = Pattern.compile("sha256=([0-9a-fA-F]{64})");

	private final SecretKeySpec key;

	Signature(String secret) {
		this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	/**
	 * The signature of the body, if the header has it; takes the same time whichever byte
	 * is wrong.
	 */
	Optional<byte[]> verified(byte[] body, @Nullable String header) {
		var match = HEADER.matcher((header != null) ? header : "");
		if (!match.matches()) {
			return Optional.empty();
		}
		byte[] expected = of(body);
		byte[] claimed = HexFormat.of().parseHex(match.group(1).toLowerCase(Locale.ROOT));
		return MessageDigest.isEqual(expected, claimed) ? Optional.of(expected) : Optional.empty();
	}

	byte[] of(byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return mac.doFinal(body);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has " + ALGORITHM, ex);
		}
	}

}
