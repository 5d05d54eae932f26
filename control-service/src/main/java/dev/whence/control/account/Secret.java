package dev.whence.control.account;

import java.security.SecureRandom;
import java.util.Base64;

import dev.whence.model.Sha256;

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
		return Sha256.of(this.text);
	}

	@Override
	public String toString() {
		return "Secret[...]";
	}

}
