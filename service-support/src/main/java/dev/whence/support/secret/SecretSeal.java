package dev.whence.support.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Seals what must not be read from the database: AES-256-GCM with the key of the
 * configuration. A seal belongs to its context, so that no row can borrow another's.
 * <p>
 * The form is one byte for the version, twelve for the nonce, then the ciphertext with
 * its tag.
 */
public final class SecretSeal {

	private static final byte VERSION = 1;

	private static final int KEY_BYTES = 32;

	/** What GCM wants; a random one may be used some four billion times per key. */
	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecureRandom random = new SecureRandom();

	private final String variable;

	private final @Nullable SecretKey key;

	/**
	 * @param key 32 bytes in Base64; null or blank for a seal that refuses to be used
	 * @param property what the configuration calls the key
	 * @param variable the environment variable that sets it
	 * @throws IllegalArgumentException when the key has another form
	 */
	public SecretSeal(@Nullable String key, String property, String variable) {
		this.variable = variable;
		this.key = key(key, property);
	}

	/** Whether there is a key. */
	public boolean isUsable() {
		return this.key != null;
	}

	/**
	 * Seals a text.
	 * @throws ProblemException {@code CONFLICT}, with what to set, when there is no key
	 */
	public byte[] seal(String text, String context) {
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		byte[] sealed = apply(Cipher.ENCRYPT_MODE, nonce, context, text.getBytes(StandardCharsets.UTF_8));
		return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length).put(VERSION).put(nonce).put(sealed).array();
	}

	/**
	 * Opens a seal.
	 * @throws IllegalStateException when it was made with another key, for another
	 * context, or was changed
	 */
	public String open(byte[] sealed, String context) {
		if (sealed.length < 1 + NONCE_BYTES || sealed[0] != VERSION) {
			throw new IllegalStateException("this is not a sealed secret");
		}
		byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
		byte[] text = apply(Cipher.DECRYPT_MODE, nonce, context,
				Arrays.copyOfRange(sealed, 1 + NONCE_BYTES, sealed.length));
		return new String(text, StandardCharsets.UTF_8);
	}

	private byte[] apply(int mode, byte[] nonce, String context, byte[] input) {
		if (this.key == null) {
			throw new ProblemException(ProblemCode.CONFLICT,
					"Secrets cannot be kept: set " + this.variable + " to 32 random bytes in Base64");
		}
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(mode, this.key, new GCMParameterSpec(TAG_BITS, nonce));
			cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
			return cipher.doFinal(input);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("the secret cannot be opened with this key", ex);
		}
	}

	private static @Nullable SecretKey key(@Nullable String text, String property) {
		if (text == null || text.isBlank()) {
			return null;
		}
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(text.strip());
		}
		catch (IllegalArgumentException _) {
			throw new IllegalArgumentException(property + " is not Base64");
		}
		if (bytes.length != KEY_BYTES) {
			throw new IllegalArgumentException(property + " has 32 bytes, this one has " + bytes.length);
		}
		return new SecretKeySpec(bytes, "AES");
	}

}
