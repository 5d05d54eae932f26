package dev.whence.analysis.notification.channel;

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

import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Seals what must not be read from the database: AES-256-GCM with the key of the
 * configuration. A seal belongs to its context, so that no row can borrow another's.
 * <p>
 * The form is one byte for the version, twelve for the nonce, then the ciphertext with
 * its tag.
 */
@Component
class SecretSeal {

	private static final byte VERSION = 1;

	private static final int KEY_BYTES = 32;

	/** What GCM wants; a random one may be used some four billion times per key. */
	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecureRandom random = new SecureRandom();

	private final @Nullable SecretKey key;

	SecretSeal(NotificationProperties properties) {
		this.key = key(properties.secretKey());
	}

	byte[] seal(String text, String context) {
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
	String open(byte[] sealed, String context) {
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
					"Secrets cannot be kept: set WHENCE_NOTIFICATION_SECRET_KEY to 32 random bytes in Base64");
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

	private static @Nullable SecretKey key(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(text.strip());
		}
		catch (IllegalArgumentException _) {
			throw new IllegalArgumentException("whence.notification.secret-key is not Base64");
		}
		if (bytes.length != KEY_BYTES) {
			throw new IllegalArgumentException(
					"whence.notification.secret-key has 32 bytes, this one has " + bytes.length);
		}
		return new SecretKeySpec(bytes, "AES");
	}

}
