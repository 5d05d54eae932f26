package dev.whence.ingest.otlp;

import java.security.MessageDigest;
import java.util.Map;

import dev.whence.ingest.intake.ContentId;
import dev.whence.store.form.EncodedJson;
import dev.whence.store.rejected.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of one envelope come from: what they share, read and encoded once.
 */
final class Origin {

	private final String serviceName;

	private final Map<String, @Nullable Object> resource;

	private final int resourceSize;

	private final byte[] details;

	private final byte[] digest;

	private final @Nullable String excess;

	private final RejectionReason reason;

	/**
	 * @param resource the attributes of the resource as a JSON object
	 * @param details the members that the details of every record begin with
	 * @param digest stands for the resource and the scope in the identity of a record
	 * @param excess why none of the records can be taken, or null
	 * @param reason the kind of that
	 */
	Origin(String serviceName, byte[] resource, byte[] details, byte[] digest, @Nullable String excess,
			RejectionReason reason) {
		this.serviceName = serviceName;
		this.resource = new EncodedJson(resource);
		this.resourceSize = resource.length;
		this.details = details;
		this.digest = digest;
		this.excess = excess;
		this.reason = reason;
	}

	String serviceName() {
		return this.serviceName;
	}

	Map<String, @Nullable Object> resource() {
		return this.resource;
	}

	/** How many bytes each record stores for its resource. */
	int resourceSize() {
		return this.serviceName.length() + this.resourceSize;
	}

	/** How many bytes the details of each record begin with. */
	int detailsSize() {
		return this.details.length;
	}

	byte[] details() {
		return this.details;
	}

	@Nullable String excess() {
		return this.excess;
	}

	RejectionReason reason() {
		return this.reason;
	}

	/**
	 * The identity of a record's content: its bytes, its origin and, where its envelope
	 * says more about it, its context.
	 */
	ContentId identify(MessageDigest sha256, byte[] context, byte[] source, int from, int length) {
		sha256.update(this.digest);
		// The length first, so that no context can pass for the beginning of a record.
		updateLength(sha256, context.length);
		sha256.update(context);
		sha256.update(source, from, length);
		return ContentId.ofDigest(sha256.digest());
	}

	/** Four bytes that keep what follows apart from what came before. */
	static void updateLength(MessageDigest sha256, int length) {
		sha256.update((byte) (length >>> 24));
		sha256.update((byte) (length >>> 16));
		sha256.update((byte) (length >>> 8));
		sha256.update((byte) length);
	}

}
