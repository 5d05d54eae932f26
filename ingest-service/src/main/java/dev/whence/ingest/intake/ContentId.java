package dev.whence.ingest.intake;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Identity from content: SHA-256 over the parts, so that a retry gets the id of its first
 * delivery. Two contents meet in one id with a probability of 2^-122 per pair.
 *
 * @param id name-based (version 8 of RFC 9562: the digest is ours)
 * @param hash the next 64 bits of the digest, for telling contents apart
 */
public record ContentId(UUID id, long hash) {

	public static ContentId of(byte[]... parts) {
		MessageDigest sha256 = sha256();
		for (byte[] part : parts) {
			sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
			sha256.update(part);
		}
		ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
		long most = (digest.getLong() & ~0xF000L) | 0x8000L;
		long least = (digest.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
		return new ContentId(new UUID(most, least), digest.getLong());
	}

	/** The id of the n-th record with this content in one request. */
	public ContentId occurrence(int n) {
		if (n == 0) {
			return this;
		}
		return of(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
			.putLong(this.id.getMostSignificantBits())
			.putLong(this.id.getLeastSignificantBits())
			.putInt(n)
			.array());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
