package dev.whence.ingest.rejected;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The records of one request that are not stored. Counts all of them and keeps the first
 * few, so that a request full of bad records costs no more than one full of good ones.
 */
public final class Rejections {

	/** The type of a record whose kind cannot be told. */
	public static final String UNKNOWN_TYPE = "unknown";

	/** The type of an event of a decision run. */
	public static final String RUN_TYPE = "run";

	/** How many records of one request are shown to people. */
	static final int SAMPLES = 20;

	private final Transport transport;

	private final Map<Kind, Integer> counts = new LinkedHashMap<>();

	private final List<Sample> samples = new ArrayList<>();

	private int count;

	public Rejections(Transport transport) {
		this.transport = transport;
	}

	/**
	 * @param type {@code log}, {@code trace}, {@code metric}, {@link #RUN_TYPE} or
	 * {@link #UNKNOWN_TYPE}
	 * @param message what is wrong, naming the field
	 * @param excerpt makes the beginning of the record; asked for only when it is kept
	 */
	public void add(String type, RejectionReason reason, String message, @Nullable String service,
			@Nullable String signalId, Supplier<@Nullable String> excerpt) {
		this.count++;
		this.counts.merge(new Kind(type, reason), 1, Integer::sum);
		if (this.samples.size() < SAMPLES) {
			this.samples.add(new Sample(type, reason, message, service, signalId, excerpt));
		}
	}

	public int count() {
		return this.count;
	}

	Transport transport() {
		return this.transport;
	}

	Map<Kind, Integer> counts() {
		return this.counts;
	}

	List<Sample> samples() {
		return this.samples;
	}

	/** What the metric distinguishes. */
	record Kind(String type, RejectionReason reason) {
	}

	/** One record to show. */
	record Sample(String type, RejectionReason reason, String message, @Nullable String service,
			@Nullable String signalId, Supplier<@Nullable String> excerpt) {
	}

}
