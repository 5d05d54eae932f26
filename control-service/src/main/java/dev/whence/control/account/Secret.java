package dev.whence.control.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * 256 random bits that whoever has them may use once. Only the SHA-256 is stored: there
 * is nothing to guess, so that a fast hash is enough.
 */
public record Secret(String text) {

	private static final int BYTES = 32;

	private static final SecureRandom random = new SecureRandom();

	public static Secret generate() {
		byte[] bytes = new byte[BYTES];
		random.nextBytes(bytes);
		return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	/** What is stored and compared instead of the text. */
	public byte[] hash() {
		try {
			return MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "Secret[...]";
	}

}
