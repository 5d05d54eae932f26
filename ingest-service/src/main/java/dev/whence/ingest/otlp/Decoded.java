package dev.whence.ingest.otlp;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

import dev.whence.ingest.intake.ContentId;
import dev.whence.ingest.intake.Occurrences;
import dev.whence.ingest.intake.Received;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.model.Sha256;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.store.rejected.RejectedRecord;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;

/**
 * What an export request holds: the records to store, and why others were refused. Gives
 * the records their identities.
 */
final class Decoded {

	/**
	 * Bytes that writing a record may take for each of its own: a control character
	 * becomes six, and what they are written into doubles when it is full.
	 */
	private static final int ROOM = 12;

	private final RequestLimits limits;

	private final MessageDigest sha256 = Sha256.newDigest();

	private final Occurrences occurrences = new Occurrences();

	private final List<Received> accepted = new ArrayList<>();

	private final Rejections rejections = new Rejections(Transport.OTLP);

	private final SignalType type;

	private int longest;

	private int sanitized;

	private String firstReason = "";

	private String warning = "";

	Decoded(SignalType type, RequestLimits limits) {
		this.type = type;
		this.limits = limits;
	}

	MessageDigest sha256() {
		return this.sha256;
	}

	/**
	 * Must be called for each record before anything is made of it. What it shares with
	 * others is counted for each, taken or refused.
	 */
	void count(Origin origin) {
		count(origin, 0);
	}

	/**
	 * The same for a record that shares more.
	 * @param more bytes besides those of the origin
	 */
	void count(Origin origin, int more) {
		this.limits.addRecord();
		this.limits.addShared(origin.resourceSize());
		this.limits.addBytes((long) origin.detailsSize() + more);
	}

	/** Must be called for whatever records come in, empty or not. */
	void countEnvelope() {
		this.limits.addEnvelope();
	}

	/** Counts what all records of a scope refer to. */
	void hold(Origin origin) {
		this.limits.hold((long) origin.resourceSize() + origin.detailsSize());
	}

	/**
	 * Makes room for writing a record that is longer than all before it.
	 * @param length on the wire
	 */
	void makeRoom(int length) {
		if (length > this.longest) {
			this.limits.hold((long) ROOM * (length - this.longest));
			this.longest = length;
		}
	}

	/** The identity of a record among equal ones. */
	ContentId identify(Origin origin, byte[] context, byte[] source, int from, int length) {
		return this.occurrences.next(content(origin, context, source, from, length));
	}

	/** The identity of a record's content, which equal ones have in common. */
	ContentId content(Origin origin, byte[] context, byte[] source, int from, int length) {
		return origin.identify(this.sha256, context, source, from, length);
	}

	/**
	 * @param size roughly how many bytes will be stored besides those of the origin
	 * @param values how many objects its JSON becomes when somebody looks into it
	 */
	void accept(Signal signal, ContentId content, long size, int values) {
		accept(signal, false, content, size, values);
	}

	/**
	 * Takes a signal that the store must recognise by its id alone: because the sender
	 * chose the id, or because the time is ours and a retry will have another.
	 */
	void acceptById(Signal signal, ContentId content, long size, int values) {
		accept(signal, true, content, size, values);
	}

	private void accept(Signal signal, boolean byId, ContentId content, long size, int values) {
		this.limits.addBytes(size);
		this.limits.hold((long) RequestLimits.VALUE * values);
		this.accepted.add(new Received(signal, byId, content.hash()));
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
		// A part of its own: the whole may be a megabyte, and nobody counts it any more.
		String excerpt = name.substring(0, Math.min(name.length(), RejectedRecord.EXCERPT_LENGTH));
		this.rejections.add(this.type.wireName(), reason, message, origin.serviceName(), null, () -> excerpt);
	}

	/**
	 * Refuses the record whose field was just found, if its translation has a fault.
	 * Otherwise it is still to be read.
	 */
	boolean refuses(WireReader in, Origin origin) {
		String fault = in.fault();
		if (fault == null) {
			return false;
		}
		count(origin);
		reject(RejectionReason.INVALID_FIELD, fault, origin, "");
		in.skip();
		return true;
	}

	/** Notes what the sender should know although its records are taken. */
	void warn(String message) {
		if (this.warning.isEmpty()) {
			this.warning = message;
		}
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

	/** Why the first record was refused, or else what to know; empty for neither. */
	String reason() {
		return this.firstReason.isEmpty() ? this.warning : this.firstReason;
	}

	/** What the sender should know although its records are taken; may be empty. */
	String warning() {
		return this.warning;
	}

}
