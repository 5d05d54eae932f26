package dev.whence.store.commit;

import java.util.List;
import java.util.function.Consumer;

import dev.whence.store.copy.CopyBatch;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are stored together, of which the first decides whether the whole is new.
 *
 * @param identity what must be stored once; of several bundles of a commit with equal
 * ones the first is stored
 * @param entry the row that decides
 * @param claim a row that takes an id for good: where it exists, the whole is known, or
 * contradicts what is there
 * @param companion a row that may be there already although the first is not; then it
 * alone is left out
 */
public record Bundle(Object identity, Entry entry, @Nullable Entry claim, @Nullable Entry companion) {

	/** A row that stands for itself. */
	public static Bundle of(Entry entry) {
		return new Bundle(List.of(entry.table(), entry.key()), entry, null, null);
	}

	Bundle withoutCompanion() {
		return new Bundle(this.identity, this.entry, this.claim, null);
	}

	void addTo(CopyBatch batch, Stamp stamp) {
		forEach((row) -> row.addTo(batch, stamp));
	}

	void announceTo(CommitNews news) {
		forEach((row) -> row.news().accept(news));
	}

	private void forEach(Consumer<Entry> action) {
		action.accept(this.entry);
		if (this.claim != null) {
			action.accept(this.claim);
		}
		if (this.companion != null) {
			action.accept(this.companion);
		}
	}

}
