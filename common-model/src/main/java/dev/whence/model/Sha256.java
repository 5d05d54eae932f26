package dev.whence.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. */
public final class Sha256 {

	private Sha256() {
	}

	/** A new digest, for several parts or for many uses; not for use by two threads. */
	public static MessageDigest newDigest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/** The 32 bytes that stand for a text. */
	public static byte[] of(String text) {
		return newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
	}

}
