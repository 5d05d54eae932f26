package dev.whence.ingest.otlp;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.ingest.intake.ContentId;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.ingest.intake.Received;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.store.RejectionReason;
import dev.whence.store.Transport;

/**
 * What an export request holds: the records to store, and why others were refused. Gives
 * the records their identities: equal records of one request are told apart by their
 * order, so that a retry finds the same identities and two records that are both meant
 * get two.
 */
final class Decoded {

	private final RequestLimits limits;

	private final MessageDigest sha256 = ContentId.newDigest();

	private final Map<UUID, Integer> occurrences = new HashMap<>();

	private final List<Received> accepted = new ArrayList<>();

	private final Rejections rejections = new Rejections(Transport.OTLP);

	private final SignalType type;

	private int sanitized;

	private String firstReason = "";

	Decoded(SignalType type, RequestLimits limits) {
		this.type = type;
		this.limits = limits;
	}

	MessageDigest sha256() {
		return this.sha256;
	}

	/** Must be called for each record before anything is made of it. */
	void count() {
		this.limits.addRecord();
	}

	ContentId identify(Origin origin, byte[] context, byte[] source, int from, int length) {
		ContentId content = origin.identify(this.sha256, context, source, from, length);
		Integer before = this.occurrences.putIfAbsent(content.id(), 1);
		if (before == null) {
			return content;
		}
		this.occurrences.put(content.id(), before + 1);
		return content.occurrence(before);
	}

	/**
	 * @param size roughly how many bytes will be stored
	 */
	void accept(Signal signal, ContentId content, long size) {
		this.limits.addBytes(size);
		this.accepted.add(new Received(signal, false, content.hash()));
	}

	/**
	 * Takes a signal that the store must recognise by its id alone: because the sender
	 * chose the id, or because the time is ours and a retry will have another.
	 */
	void acceptById(Signal signal, ContentId content, long size) {
		this.limits.addBytes(size);
		this.accepted.add(new Received(signal, true, content.hash()));
	}

	/**
	 * Refuses one record.
	 * @param message what is wrong with it, for people
	 * @param name what to recognise it by
	 */
	void reject(RejectionReason reason, String message, Origin origin, String name) {
		if (this.rejections.count() == 0) {
			this.firstReason = message;
		}
		this.rejections.add(this.type.wireName(), reason, message, origin.serviceName(), null, () -> name);
	}

	/** Counts texts that held something that cannot be stored. */
	void sanitized(int texts) {
		this.sanitized += texts;
	}

	List<Received> accepted() {
		return this.accepted;
	}

	int rejected() {
		return this.rejections.count();
	}

	Rejections rejections() {
		return this.rejections;
	}

	int sanitized() {
		return this.sanitized;
	}

	/** Why the first record was refused; empty when none was. */
	String reason() {
		return this.firstReason;
	}

}
