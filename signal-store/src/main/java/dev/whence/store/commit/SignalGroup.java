package dev.whence.store.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;

/**
 * The signals of a group by identity: of several with one id the first is the candidate
 * for being stored, the others are its duplicates or contradict it.
 */
final class SignalGroup {

	/** One order for all writers, so that two of them cannot wait for each other. */
	private static final Comparator<Candidate> BY_KEY = Comparator
		.comparing((Candidate candidate) -> candidate.signal().type())
		.thenComparing((candidate) -> candidate.signal().timestamp())
		.thenComparing((candidate) -> candidate.signal().signalId());

	private final List<PendingWrite> writes;

	private final List<Candidate> candidates;

	/** For each submission in turn the number of its candidate. */
	private final int[] candidateOf;

	private SignalGroup(List<PendingWrite> writes, List<Candidate> candidates, int[] candidateOf) {
		this.writes = writes;
		this.candidates = candidates;
		this.candidateOf = candidateOf;
	}

	static SignalGroup of(List<PendingWrite> writes) {
		int size = writes.stream().mapToInt((write) -> write.submissions().size()).sum();
		Map<Key, Integer> numbers = HashMap.newHashMap(size);
		List<Candidate> candidates = new ArrayList<>(size);
		int[] candidateOf = new int[size];
		int next = 0;
		for (PendingWrite write : writes) {
			for (Submission submission : write.submissions()) {
				Key key = new Key(write.project().value(), submission.signal().signalId());
				Integer first = numbers.putIfAbsent(key, candidates.size());
				candidateOf[next++] = (first != null) ? first : candidates.size();
				if (first == null) {
					candidates.add(new Candidate(candidates.size(), write.project(), submission));
				}
			}
		}
		return new SignalGroup(writes, candidates, candidateOf);
	}

	List<Candidate> candidates() {
		return this.candidates;
	}

	/** What is still to be stored, of each signal only as much as is not there. */
	List<Candidate> without(KnownSignals known) {
		List<Candidate> fresh = new ArrayList<>();
		for (Candidate candidate : this.candidates) {
			if (!known.contains(candidate)) {
				fresh.add(known.containsProblemOf(candidate) ? candidate.withoutProblem() : candidate);
			}
		}
		fresh.sort(BY_KEY);
		return fresh;
	}

	/** Tells every call what became of its submissions. */
	void complete(KnownSignals known) {
		BitSet stored = new BitSet(this.candidates.size());
		int next = 0;
		for (PendingWrite write : this.writes) {
			WriteOutcome[] outcomes = new WriteOutcome[write.submissions().size()];
			for (int i = 0; i < outcomes.length; i++) {
				Candidate candidate = this.candidates.get(this.candidateOf[next++]);
				outcomes[i] = outcome(write.submissions().get(i), candidate, known, stored);
			}
			write.outcomes().complete(Arrays.asList(outcomes));
		}
	}

	private static WriteOutcome outcome(Submission submission, Candidate candidate, KnownSignals known, BitSet stored) {
		if (!known.contains(candidate) && !stored.get(candidate.number())) {
			// The candidate is the first with its id, so this is it.
			stored.set(candidate.number());
			return WriteOutcome.STORED;
		}
		return (known.hashOf(candidate) == submission.contentHash()) ? WriteOutcome.DUPLICATE : WriteOutcome.CONFLICT;
	}

	/** What makes two submissions the same signal. */
	private record Key(int project, UUID signalId) {
	}

	/**
	 * The first submission under its id.
	 *
	 * @param number its place among the candidates
	 */
	record Candidate(int number, ProjectId project, Submission submission) {

		Signal signal() {
			return this.submission.signal();
		}

		Candidate withoutProblem() {
			return new Candidate(this.number, this.project, this.submission.withoutProblem());
		}

	}

}
