package dev.whence.store.commit;

import java.util.function.Consumer;

import dev.whence.store.copy.CopyBatch;
import dev.whence.store.copy.CopyBuffer;
import dev.whence.store.table.Table;

/**
 * A row on its way into its table.
 *
 * @param contentHash equal for equal contents; tells a repeated row from a second one
 * under its key
 * @param news says what is announced when the row is stored
 */
public record Entry(Table table, Key key, long contentHash, Encoder encoder, Consumer<CommitNews> news) {

	/** A row of which nothing is announced. */
	public Entry(Table table, Key key, long contentHash, Encoder encoder) {
		this(table, key, contentHash, encoder, (_) -> {
		});
	}

	void addTo(CopyBatch batch, Stamp stamp) {
		CopyBuffer rows = batch.into(this.table);
		rows.startRow(this.table.columnCount());
		this.encoder.encode(stamp, rows);
	}

	/** Writes the values of a row. */
	@FunctionalInterface
	public interface Encoder {

		/** Puts one value for each column of the table, in their order. */
		void encode(Stamp stamp, CopyBuffer row);

	}

}
