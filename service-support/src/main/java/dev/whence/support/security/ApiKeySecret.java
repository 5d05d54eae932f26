package dev.whence.support.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.model.Sha256;

/**
 * The text of an API key: {@code wh_}, a prefix of 8 characters that names the key, an
 * underscore and 256 random bits in base64url (43 characters).
 * <p>
 * Only the prefix and the SHA-256 of the whole text are ever stored. A fast hash is right
 * for a secret of full entropy: there is nothing to guess, and every request pays for it.
 *
 * @param prefix public, unique among all keys
 * @param text the whole key; shown once, when the key is created
 */
public record ApiKeySecret(String prefix, String text) {

	private static final Pattern FORMAT = Pattern.compile("wh_([0-9A-Za-z]{8})_[0-9A-Za-z_-]{43}");

	private static final String PREFIX_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private static final int PREFIX_LENGTH = 8;

	private static final int SECRET_BYTES = 32;

	/** Draws a new key; with a cryptographically strong source it cannot be guessed. */
	public static ApiKeySecret generate(SecureRandom random) {
		StringBuilder prefix = new StringBuilder(PREFIX_LENGTH);
		for (int i = 0; i < PREFIX_LENGTH; i++) {
			prefix.append(PREFIX_ALPHABET.charAt(random.nextInt(PREFIX_ALPHABET.length())));
		}
		byte[] secret = new byte[SECRET_BYTES];
		random.nextBytes(secret);
		String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
		return new ApiKeySecret(prefix.toString(), "wh_" + prefix + "_" + encoded);
	}

	/** Reads what a client presented; empty when it cannot be a key of this system. */
	public static Optional<ApiKeySecret> parse(String text) {
		Matcher matcher = FORMAT.matcher(text);
		return matcher.matches() ? Optional.of(new ApiKeySecret(matcher.group(1), text)) : Optional.empty();
	}

	/** What is stored and compared instead of the text. */
	public byte[] hash() {
		return Sha256.of(this.text);
	}

	@Override
	public String toString() {
		return "wh_" + this.prefix + "_...";
	}

}
