package dev.whence.store.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.store.WriteOutcome;

/**
 * The bundles of a group by identity: of several with one identity the first is the
 * candidate for being stored, the others are its duplicates or contradict it.
 */
final class EntryGroup {

	/** One order for all writers, so that two of them cannot wait for each other. */
	private static final Comparator<Candidate> BY_KEY = Comparator
		.comparing((Candidate candidate) -> candidate.bundle().entry().table())
		.thenComparing((candidate) -> candidate.bundle().entry().key());

	private final List<PendingWrite> writes;

	private final List<Candidate> candidates;

	/** For each bundle in turn the number of its candidate. */
	private final int[] candidateOf;

	private EntryGroup(List<PendingWrite> writes, List<Candidate> candidates, int[] candidateOf) {
		this.writes = writes;
		this.candidates = candidates;
		this.candidateOf = candidateOf;
	}

	static EntryGroup of(List<PendingWrite> writes) {
		int size = writes.stream().mapToInt((write) -> write.bundles().size()).sum();
		Map<Object, Integer> numbers = HashMap.newHashMap(size);
		List<Candidate> candidates = new ArrayList<>(size);
		int[] candidateOf = new int[size];
		int next = 0;
		for (PendingWrite write : writes) {
			for (Bundle bundle : write.bundles()) {
				Integer first = numbers.putIfAbsent(bundle.identity(), candidates.size());
				candidateOf[next++] = (first != null) ? first : candidates.size();
				if (first == null) {
					candidates.add(new Candidate(candidates.size(), bundle));
				}
			}
		}
		return new EntryGroup(writes, candidates, candidateOf);
	}

	List<Candidate> candidates() {
		return this.candidates;
	}

	/** What is still to be stored, of each bundle only as much as is not there. */
	List<Bundle> without(KnownEntries known) {
		List<Candidate> fresh = new ArrayList<>();
		for (Candidate candidate : this.candidates) {
			if (!known.contains(candidate)) {
				fresh.add(known.containsCompanionOf(candidate) ? candidate.withoutCompanion() : candidate);
			}
		}
		return fresh.stream().sorted(BY_KEY).map(Candidate::bundle).toList();
	}

	/** Tells every call what became of its bundles. */
	void complete(KnownEntries known) {
		BitSet stored = new BitSet(this.candidates.size());
		int next = 0;
		for (PendingWrite write : this.writes) {
			WriteOutcome[] outcomes = new WriteOutcome[write.bundles().size()];
			for (int i = 0; i < outcomes.length; i++) {
				Candidate candidate = this.candidates.get(this.candidateOf[next++]);
				outcomes[i] = outcome(write.bundles().get(i), candidate, known, stored);
			}
			write.outcomes().complete(Arrays.asList(outcomes));
		}
	}

	private static WriteOutcome outcome(Bundle bundle, Candidate candidate, KnownEntries known, BitSet stored) {
		if (!known.contains(candidate) && !stored.get(candidate.number())) {
			// The candidate is the first with its identity, so this is it.
			stored.set(candidate.number());
			return WriteOutcome.STORED;
		}
		return (known.hashOf(candidate) == bundle.entry().contentHash()) ? WriteOutcome.DUPLICATE
				: WriteOutcome.CONFLICT;
	}

}
