package dev.whence.store.segment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import dev.whence.store.search.Judge;
import dev.whence.store.search.Searched;
import org.jspecify.annotations.Nullable;

/** The rows of a block that a scan wants. */
record BlockMatch(Scan scan, OpenBlock open, BlockEntry block, @Nullable Map<BlockEntry, int[]> traced,
		Predicate<Searched> judge) {

	BlockMatch(Scan scan, OpenBlock open, BlockEntry block, @Nullable Map<BlockEntry, int[]> traced) {
		this(scan, open, block, traced, Judge.of(scan.expression()));
	}

	static boolean mayBeIn(Scan scan, BlockEntry block) {
		return scan.tables().contains(block.layout().table()) && block.lastTime() >= scan.from()
				&& block.firstTime() <= scan.to()
				&& (scan.service() == null || block.services().contains(scan.service()));
	}

	/** Whether every row of the block is wanted, as the directory tells. */
	static boolean isWhole(Scan scan, BlockEntry block) {
		return scan.trace() == null && scan.border() == null && scan.sample() == null && scan.wantsEverything()
				&& scan.from() <= block.firstTime() && block.lastTime() <= scan.to()
				&& (scan.service() == null || block.services().size() == 1);
	}

	int[] rows() {
		int[] rows = new int[this.block.rows()];
		int size = 0;
		int[] some = (this.traced != null) ? this.traced.getOrDefault(this.block, new int[0]) : null;
		int count = (some != null) ? some.length : this.block.rows();
		for (int i = 0; i < count; i++) {
			int row = (some != null) ? some[i] : i;
			if (isWanted(row)) {
				rows[size++] = row;
			}
		}
		return Arrays.copyOf(rows, size);
	}

	private boolean isWanted(int row) {
		long time = this.open.time(row);
		if (time < this.scan.from() || time > this.scan.to()) {
			return false;
		}
		return isOfService(row) && isInSample(row) && isBehindBorder(time, row) && matches(row);
	}

	private boolean matches(int row) {
		return this.scan.wantsEverything() || this.judge.test(new BlockRow(this.open, this.block.layout(), row));
	}

	private boolean isOfService(int row) {
		return this.scan.service() == null || this.block.services().size() == 1
				|| this.scan.service()
					.equals(new String(Objects.requireNonNull(this.open.field(row, this.block.layout().service())),
							StandardCharsets.UTF_8));
	}

	private boolean isInSample(int row) {
		if (this.scan.sample() == null) {
			return true;
		}
		byte[] trace = this.open.field(row, this.block.layout().trace());
		return this.scan.sample()
			.contains((trace != null) ? trace : Objects.requireNonNull(this.open.field(row, this.block.layout().id())));
	}

	private boolean isBehindBorder(long time, int row) {
		Scan.Border border = this.scan.border();
		return border == null || border.admits(time, () -> this.open.id(row));
	}

}
