package dev.whence.xray;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What became of the candidates of a step. All counts are exact; of the candidates
 * themselves a random sample is sent ({@link XrayClient.Builder#candidateSample(int)}),
 * at least half of it survivors if there are so many.
 * <p>
 * Candidates that were handed in with {@link Step#candidates(Collection, Function)
 * step.candidates(in, id)} and of which nothing else is told go on, unless some candidate
 * was {@linkplain #keep(String) kept}: then all that were not kept are dropped, for the
 * reason {@value #UNKNOWN}. A candidate that is told of twice counts twice. What is told
 * after the end of the step is ignored.
 * <p>
 * Safe for use by several threads. Takes memory for the ids that were handed in and are
 * not decided yet, and for the sample, however many are told of.
 */
public final class Candidates {

	static final String UNKNOWN = "unknown";

	/** All further reasons are counted under {@value #OTHER}. */
	static final int MOST_REASONS = 1000;

	static final String OTHER = "other reasons";

	private static final int LONGEST_REASON = 200;

	private final Reservoir<Candidate> survivors;

	private final Reservoir<Candidate> rejected;

	private final int sample;

	private final Map<String, Integer> undecided = new LinkedHashMap<>();

	private final Map<String, Long> rejections = new LinkedHashMap<>();

	private boolean keeps;

	private long arrivals;

	private boolean ended;

	Candidates(int sample) {
		// Not the thread's own generator itself: several threads may tell of candidates.
		this(sample, new SplittableRandom(ThreadLocalRandom.current().nextLong()));
	}

	Candidates(int sample, RandomGenerator random) {
		this.sample = sample;
		this.survivors = new Reservoir<>(sample, random);
		this.rejected = new Reservoir<>(sample, random);
	}

	/** The candidate goes on. */
	public Candidates keep(String id) {
		return tell(id, true, null, null, null);
	}

	/** The candidate goes on. */
	public Candidates keep(String id, double score) {
		return tell(id, true, score, null, null);
	}

	/**
	 * The candidate goes on.
	 * @param rank its place, usually from 1
	 */
	public Candidates keep(String id, double score, long rank) {
		return tell(id, true, score, rank, null);
	}

	/**
	 * The candidate is dropped.
	 * @param reason a kind of reason, such as {@code price_too_high}: dropped candidates
	 * are counted by it
	 */
	public Candidates drop(String id, String reason) {
		return tell(id, false, null, null, reason);
	}

	/**
	 * The candidate is dropped.
	 * @param reason a kind of reason, such as {@code price_too_high}: dropped candidates
	 * are counted by it
	 */
	public Candidates drop(String id, String reason, double score) {
		return tell(id, false, score, null, reason);
	}

	/**
	 * More candidates that come in, as far as the application's own code does not throw.
	 */
	<T> void add(Collection<? extends T> in, Function<? super T, String> id) {
		List<String> ids = new ArrayList<>();
		try {
			in.forEach((candidate) -> ids.add(Json.describe(id.apply(candidate))));
		}
		catch (RuntimeException ex) {
			// What was read so far counts.
		}
		synchronized (this) {
			if (!this.ended) {
				ids.forEach((known) -> this.undecided.merge(known, 1, Integer::sum));
			}
		}
	}

	/** The counts and the sample; nothing is changed by later calls. */
	synchronized Outcome end() {
		if (!this.ended) {
			this.undecided.forEach((id, times) -> {
				for (int time = 0; time < times; time++) {
					decide(id, !this.keeps, null, null, null);
				}
			});
			this.undecided.clear();
			this.ended = true;
		}
		int dropped = this.rejected.size();
		List<Candidate> kept = this.survivors
			.some(Math.max(this.sample - Math.min(dropped, this.sample), (this.sample + 1) / 2));
		List<Candidate> shown = Stream.concat(kept.stream(), this.rejected.some(this.sample - kept.size()).stream())
			.sorted(Comparator.comparingLong(Candidate::arrival))
			.toList();
		return new Outcome(this.survivors.offered(), this.rejected.offered(),
				Collections.unmodifiableMap(this.rejections), shown);
	}

	private synchronized Candidates tell(String id, boolean selected, @Nullable Double score, @Nullable Long rank,
			@Nullable String reason) {
		if (!this.ended) {
			String known = String.valueOf(id);
			this.undecided.computeIfPresent(known, (same, times) -> (times > 1) ? times - 1 : null);
			this.keeps |= selected;
			decide(known, selected, score, rank, reason);
		}
		return this;
	}

	private void decide(String id, boolean selected, @Nullable Double score, @Nullable Long rank,
			@Nullable String reason) {
		if (selected) {
			this.survivors.offer(new Candidate(this.arrivals++, id, true, score, rank, null));
			return;
		}
		String why = (reason != null && !reason.isBlank()) ? reason : UNKNOWN;
		String counted = (why.length() > LONGEST_REASON) ? why.substring(0, LONGEST_REASON) : why;
		boolean full = this.rejections.size() >= MOST_REASONS && !this.rejections.containsKey(counted);
		this.rejections.merge(full ? OTHER : counted, 1L, Long::sum);
		this.rejected.offer(new Candidate(this.arrivals++, id, false, score, rank, why));
	}

	/** A candidate of the sample. */
	record Candidate(long arrival, String id, boolean selected, @Nullable Double score, @Nullable Long rank,
			@Nullable String reason) {

		Map<String, @Nullable Object> toData() {
			Map<String, @Nullable Object> data = new LinkedHashMap<>();
			data.put("id", this.id);
			data.put("selected", this.selected);
			if (this.score != null) {
				data.put("score", this.score);
			}
			if (this.rank != null) {
				data.put("rank", this.rank);
			}
			if (this.reason != null) {
				data.put("reason", this.reason);
			}
			return data;
		}

	}

	/**
	 * What came of all candidates.
	 *
	 * @param sample in the order in which they were decided
	 */
	record Outcome(long survived, long dropped, Map<String, Long> rejections, List<Candidate> sample) {

		long total() {
			return this.survived + this.dropped;
		}

		/** The counts of the contract, and the sample. */
		Map<String, @Nullable Object> toMetadata() {
			Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
			metadata.put("total_count", total());
			metadata.put("survivor_count", this.survived);
			metadata.put("drop_rate", (total() > 0) ? this.dropped / (double) total() : 0.0);
			metadata.put("rejection_histogram", this.rejections);
			if (this.sample.size() < total()) {
				metadata.put("candidates_sampled", true);
			}
			metadata.put("candidates", this.sample.stream().map(Candidate::toData).toList());
			return metadata;
		}

		/** The counts where the funnel looks for them in the outputs of such a step. */
		Map<String, @Nullable Object> toOutputs(StepType type) {
			List<String> ids = this.sample.stream().filter(Candidate::selected).map(Candidate::id).toList();
			Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
			outputs.put((type == StepType.RETRIEVAL) ? "count" : "survivor_count", this.survived);
			outputs.put((type == StepType.RETRIEVAL) ? "items" : "survivors", ids);
			return outputs;
		}

	}

}
