package dev.whence.ingest.otlp;

import java.util.ArrayList;
import java.util.List;

import dev.whence.ingest.intake.Received;
import dev.whence.model.Signal;
import dev.whence.ingest.intake.ContentId;

/** What an export request holds: the records to store, and why others were refused. */
final class Decoded {

	private final List<Received> accepted = new ArrayList<>();

	private int rejected;

	private String firstReason = "";

	void accept(Signal signal, ContentId content) {
		this.accepted.add(new Received(signal, false, content.hash()));
	}

	/**
	 * Takes a signal whose time is ours, because the sender gave none. A retry has
	 * another time, so the store must recognise it by its id alone.
	 */
	void acceptUntimed(Signal signal, ContentId content) {
		this.accepted.add(new Received(signal, true, content.hash()));
	}

	void reject(String reason) {
		if (this.rejected++ == 0) {
			this.firstReason = reason;
		}
	}

	List<Received> accepted() {
		return this.accepted;
	}

	int rejected() {
		return this.rejected;
	}

	/** Why the first record was refused; empty when none was. */
	String reason() {
		return this.firstReason;
	}

}
