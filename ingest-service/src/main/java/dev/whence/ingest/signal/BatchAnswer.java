package dev.whence.ingest.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.whence.ingest.json.Refusal;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.store.WriteOutcome;

/**
 * What became of each signal of a batch.
 *
 * @param items in the order of the batch; those that were plainly accepted only where the
 * caller asked for all
 */
record BatchAnswer(int accepted, int duplicates, int conflicts, int rejected, List<Item> items) {

	/**
	 * One signal.
	 *
	 * @param index its place in the batch, from 0; empty lines do not count
	 * @param errors why it was rejected
	 */
	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	record Item(@JsonInclude int index, String status, List<FieldError> errors) {
	}

	/** Collects what becomes of the signals, in any order. */
	static final class Builder {

		/** What is wrong beyond this is seen once these are mended. */
		private static final int ERRORS = 5;

		private final boolean verbose;

		private final List<Item> items = new ArrayList<>();

		private int accepted;

		private int duplicates;

		private int conflicts;

		private int rejected;

		Builder(boolean verbose) {
			this.verbose = verbose;
		}

		void stored(int index, WriteOutcome outcome) {
			switch (outcome) {
				case STORED -> {
					this.accepted++;
					if (this.verbose) {
						this.items.add(new Item(index, "accepted", List.of()));
					}
				}
				case DUPLICATE -> {
					this.duplicates++;
					this.items.add(new Item(index, "duplicate", List.of()));
				}
				case CONFLICT -> {
					this.conflicts++;
					this.items.add(new Item(index, "conflict", List.of()));
				}
			}
		}

		void refused(int index, Refusal refusal) {
			this.rejected++;
			this.items.add(new Item(index, "rejected",
					refusal.errors()
						.stream()
						.limit(ERRORS)
						.map((error) -> new FieldError("/" + index + error.pointer(), error.message()))
						.toList()));
		}

		BatchAnswer build() {
			this.items.sort(Comparator.comparingInt(Item::index));
			return new BatchAnswer(this.accepted, this.duplicates, this.conflicts, this.rejected, this.items);
		}

	}

}
