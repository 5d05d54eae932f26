package dev.whence.e2e.fire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.whence.e2e.fire.Delivery.Trouble;

/** What clients sent and what they were answered. One per client, added up at the end. */
final class Ledger {

	private static final int MAX_OFFENCES = 3;

	private static final int MAX_RECENT = 25;

	private final List<String> acknowledged = new ArrayList<>();

	private final List<Trouble> troubles = new ArrayList<>();

	private final List<Attempt> attempts = new ArrayList<>();

	private final Deque<Delivery> recent = new ArrayDeque<>();

	private final Map<Integer, Integer> statuses = new TreeMap<>();

	private final List<String> offences = new ArrayList<>();

	private final List<String> setbacks = new ArrayList<>();

	private long deliveries;

	private long delivered;

	private long duplicates;

	private long offended;

	/** Adds up; the parts must not be written to any more. */
	static Ledger sum(List<Ledger> parts) {
		Ledger sum = new Ledger();
		for (Ledger part : parts) {
			sum.acknowledged.addAll(part.acknowledged);
			sum.troubles.addAll(part.troubles);
			sum.attempts.addAll(part.attempts);
			sum.recent.addAll(part.recent);
			part.statuses.forEach((status, count) -> sum.statuses.merge(status, count, Integer::sum));
			sum.offences.addAll(part.offences);
			sum.setbacks.addAll(part.setbacks);
			sum.deliveries += part.deliveries;
			sum.delivered += part.delivered;
			sum.duplicates += part.duplicates;
			sum.offended += part.offended;
		}
		return sum;
	}

	void begin() {
		this.deliveries++;
	}

	void attempt(Attempt attempt) {
		this.attempts.add(attempt);
		this.statuses.merge(attempt.status(), 1, Integer::sum);
	}

	/**
	 * @param duplicates how many of the signals the answer called duplicates
	 */
	void acknowledge(Delivery delivery, int duplicates) {
		this.delivered++;
		this.duplicates += duplicates;
		this.acknowledged.addAll(delivery.marks());
		this.troubles.addAll(delivery.troubles());
		this.recent.add(delivery);
		if (this.recent.size() > MAX_RECENT) {
			this.recent.remove();
		}
	}

	/** Notes an answer that no client may ever get. */
	void offend(String what) {
		this.offended++;
		if (this.offences.size() < MAX_OFFENCES) {
			this.offences.add(what);
		}
	}

	/** Notes why a delivery has to be sent again. */
	void setBack(String what) {
		if (this.setbacks.size() < MAX_OFFENCES) {
			this.setbacks.add(what);
		}
	}

	/** The marks of all signals of all acknowledged deliveries. */
	List<String> acknowledged() {
		return this.acknowledged;
	}

	List<Trouble> troubles() {
		return this.troubles;
	}

	List<Attempt> attempts() {
		return this.attempts;
	}

	/** The latest acknowledged deliveries of each client. */
	Collection<Delivery> recent() {
		return this.recent;
	}

	/** Answers by status; {@link Attempt#BROKEN} without one. */
	Map<Integer, Integer> statuses() {
		return this.statuses;
	}

	/** Answers that no client may ever get, in words; the first few of each client. */
	List<String> offences() {
		return this.offences;
	}

	/** Why deliveries had to be sent again; the first few of each client. */
	List<String> setbacks() {
		return this.setbacks;
	}

	long offended() {
		return this.offended;
	}

	/** Different requests. */
	long deliveries() {
		return this.deliveries;
	}

	/** Requests of which an acknowledgement was read. */
	long delivered() {
		return this.delivered;
	}

	/** Signals that answers called duplicates; OTLP does not tell. */
	long duplicates() {
		return this.duplicates;
	}

	long retries() {
		return this.attempts.size() - this.deliveries;
	}

}
