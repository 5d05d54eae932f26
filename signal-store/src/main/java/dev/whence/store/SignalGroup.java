package dev.whence.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;

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

	private final Map<Key, Candidate> candidates = new LinkedHashMap<>();

	private SignalGroup(List<PendingWrite> writes) {
		this.writes = writes;
	}

	static SignalGroup of(List<PendingWrite> writes) {
		SignalGroup group = new SignalGroup(writes);
		for (PendingWrite write : writes) {
			for (Submission submission : write.submissions()) {
				group.candidates.putIfAbsent(new Key(write.project(), submission.signal().signalId()),
						new Candidate(write.project(), submission));
			}
		}
		return group;
	}

	Collection<Candidate> candidates() {
		return this.candidates.values();
	}

	int size() {
		return this.candidates.size();
	}

	List<Candidate> without(KnownSignals known) {
		List<Candidate> fresh = new ArrayList<>(this.candidates.size());
		this.candidates.forEach((key, candidate) -> {
			if (!known.contains(key)) {
				fresh.add(candidate);
			}
		});
		fresh.sort(BY_KEY);
		return fresh;
	}

	/** Tells every call what became of its submissions. */
	void complete(List<Candidate> stored, KnownSignals known) {
		Map<Key, Submission> first = HashMap.newHashMap(this.candidates.size());
		this.candidates.forEach((key, candidate) -> first.put(key, candidate.submission()));
		IdentityHashMap<Submission, Boolean> winners = new IdentityHashMap<>();
		stored.forEach((candidate) -> winners.put(candidate.submission(), true));
		for (PendingWrite write : this.writes) {
			List<WriteOutcome> outcomes = new ArrayList<>(write.submissions().size());
			for (Submission submission : write.submissions()) {
				Key key = new Key(write.project(), submission.signal().signalId());
				Submission winner = Objects.requireNonNull(first.get(key));
				if (winners.remove(submission) != null) {
					outcomes.add(WriteOutcome.STORED);
				}
				else {
					long hash = known.hashOf(key, winner.contentHash());
					outcomes.add((hash == submission.contentHash()) ? WriteOutcome.DUPLICATE : WriteOutcome.CONFLICT);
				}
			}
			write.outcomes().complete(List.copyOf(outcomes));
		}
	}

	/** What makes two submissions the same signal. */
	record Key(ProjectId project, UUID signalId) {
	}

	/** The first submission under its key. */
	record Candidate(ProjectId project, Submission submission) {

		Signal signal() {
			return this.submission.signal();
		}

		Key key() {
			return new Key(this.project, signal().signalId());
		}

	}

}
