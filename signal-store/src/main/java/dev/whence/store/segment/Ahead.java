package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Parts of a segment's data that will be needed, for somebody who reads more together.
 *
 * @param taker gets what was read, in the order of the parts
 */
record Ahead(List<Pieces.Part> parts, Consumer<List<byte[]>> taker) {

	static final Ahead NOTHING = new Ahead(List.of(), (_) -> {
	});

	/**
	 * One part for each that is wanted.
	 * @param taker gets what was read for it
	 */
	static <T> Ahead each(List<T> wanted, Function<T, Pieces.Part> part, BiConsumer<T, byte[]> taker) {
		return new Ahead(wanted.stream().map(part).toList(), (read) -> {
			for (int i = 0; i < wanted.size(); i++) {
				taker.accept(wanted.get(i), read.get(i));
			}
		});
	}

	/** How much it is. */
	long bytes() {
		return this.parts.stream().mapToLong(Pieces.Part::length).sum();
	}

	/** Both, this first. */
	Ahead and(Ahead other) {
		List<Pieces.Part> both = new ArrayList<>(this.parts);
		both.addAll(other.parts);
		return new Ahead(both, (read) -> {
			this.taker.accept(read.subList(0, this.parts.size()));
			other.taker.accept(read.subList(this.parts.size(), read.size()));
		});
	}

	/** The same with parts that lie one behind the other made one. */
	Ahead joined() {
		List<Pieces.Part> joined = new ArrayList<>();
		int[] in = new int[this.parts.size()];
		for (int i = 0; i < in.length; i++) {
			Pieces.Part part = this.parts.get(i);
			if (!joined.isEmpty() && joined.getLast().end() == part.from()) {
				Pieces.Part before = joined.removeLast();
				joined.add(new Pieces.Part(before.from(), before.length() + part.length()));
			}
			else {
				joined.add(part);
			}
			in[i] = joined.size() - 1;
		}
		if (joined.size() == this.parts.size()) {
			return this;
		}
		return new Ahead(joined, (read) -> {
			List<byte[]> split = new ArrayList<>();
			for (int i = 0; i < in.length; i++) {
				split.add(this.parts.get(i).of(read.get(in[i]), joined.get(in[i]).from()));
			}
			this.taker.accept(split);
		});
	}

	/** Reads it now. */
	void read(Pieces data) {
		if (!this.parts.isEmpty()) {
			Ahead joined = joined();
			joined.taker.accept(data.read(joined.parts));
		}
	}

}
