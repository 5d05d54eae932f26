package dev.whence.standalone.evaluate.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Version 5 UUIDs in the URL namespace (RFC 9562, section 5.5). */
public final class NameUuid {

	private static final UUID URL = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

	private NameUuid() {
	}

	/** The same name has the same UUID, here and in every other implementation. */
	public static UUID of(String name) {
		byte[] text = name.getBytes(StandardCharsets.UTF_8);
		ByteBuffer input = ByteBuffer.allocate(Long.BYTES * 2 + text.length)
			.putLong(URL.getMostSignificantBits())
			.putLong(URL.getLeastSignificantBits())
			.put(text);
		ByteBuffer hash = ByteBuffer.wrap(sha1(input.array()));
		long most = hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
		long least = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
		return new UUID(most, least);
	}

	private static byte[] sha1(byte[] input) {
		try {
			return MessageDigest.getInstance("SHA-1").digest(input);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-1", ex);
		}
	}

}
