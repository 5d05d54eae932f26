package dev.whence.ingest.intake;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;

import dev.whence.model.Sha256;

/**
 * Identity from content: SHA-256 over the parts, so that a retry gets the id of its first
 * delivery. Two contents meet in one id with a probability of 2^-122 per pair.
 *
 * @param id name-based (version 8 of RFC 9562: the digest is ours)
 * @param hash the next 64 bits of the digest, for telling contents apart
 */
public record ContentId(UUID id, long hash) {

	public static ContentId of(byte[]... parts) {
		MessageDigest sha256 = Sha256.newDigest();
		for (byte[] part : parts) {
			sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
			sha256.update(part);
		}
		return ofDigest(sha256.digest());
	}

	/**
	 * @param sha256 a digest over the content that tells its parts apart, 32 bytes
	 */
	public static ContentId ofDigest(byte[] sha256) {
		ByteBuffer digest = ByteBuffer.wrap(sha256);
		long most = (digest.getLong() & ~0xF000L) | 0x8000L;
		long least = (digest.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
		return new ContentId(new UUID(most, least), digest.getLong());
	}

	/** The id of the n-th record with this content in one request. */
	ContentId occurrence(int n) {
		if (n == 0) {
			return this;
		}
		return of(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
			.putLong(this.id.getMostSignificantBits())
			.putLong(this.id.getLeastSignificantBits())
			.putInt(n)
			.array());
	}

}
