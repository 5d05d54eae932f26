package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.whence.store.column.ByteSink;
import dev.whence.store.column.ByteSource;
import dev.whence.store.column.DamagedColumnException;

/**
 * Says which number a trace may have in a segment, and when the rows of a number were:
 * whoever looks for a trace reads the ids of some numbers and the blocks of some seconds,
 * not all of them. Two bytes of the hash of each id, and the times of each
 * {@value TraceIds#GROUP} traces, which are neighbours in time.
 */
final class TraceIndex {

	/** In front of everything: how it is written. One of another version is not read. */
	static final int VERSION = 1;

	private final char[] prints;

	private final long[] firstTimes;

	private final long[] lastTimes;

	private TraceIndex(char[] prints, long[] firstTimes, long[] lastTimes) {
		this.prints = prints;
		this.firstTimes = firstTimes;
		this.lastTimes = lastTimes;
	}

	/**
	 * Reads it, unless a later release wrote it.
	 * @param traces how many the segment has
	 * @throws DamagedColumnException when it is of another number of traces
	 */
	static Optional<TraceIndex> read(byte[] encoded, int traces) {
		ByteSource in = new ByteSource(encoded);
		if (in.get() != VERSION) {
			return Optional.empty();
		}
		int size = in.getCount();
		if (size != traces) {
			throw new DamagedColumnException("an index of " + size + " traces is none of " + traces);
		}
		char[] prints = new char[size];
		for (int i = 0; i < prints.length; i++) {
			prints[i] = (char) (in.get() << 8 | in.get());
		}
		int groups = (prints.length + TraceIds.GROUP) / TraceIds.GROUP;
		long[] first = new long[groups];
		long[] last = new long[groups];
		long before = 0;
		for (int group = 0; group < groups; group++) {
			first[group] = before + in.getZigzag();
			last[group] = first[group] + in.getVarint();
			before = first[group];
		}
		return Optional.of(new TraceIndex(prints, first, last));
	}

	/**
	 * The numbers that a trace may have, from 1 on: few, and none when it is not there.
	 */
	List<Integer> numbers(byte[] id) {
		char print = print(Tokens.id(id));
		return IntStream.range(0, this.prints.length)
			.filter((place) -> this.prints[place] == print)
			.mapToObj((place) -> place + 1)
			.toList();
	}

	/** Whether a trace has a number as far as this knows. */
	boolean isNumberOf(byte[] id, int number) {
		return this.prints[number - 1] == print(Tokens.id(id));
	}

	/** Whether a block may have rows of the trace with a number, from 1 on. */
	boolean mayBeIn(BlockEntry block, int number) {
		int group = number / TraceIds.GROUP;
		return block.firstTime() <= this.lastTimes[group] && block.lastTime() >= this.firstTimes[group];
	}

	private static char print(long token) {
		return (char) token;
	}

	/** Makes an index while the rows of a segment are numbered. */
	static final class Builder {

		private final List<long[]> groups = new ArrayList<>();

		/**
		 * Adds a row.
		 * @param number of its trace, 0 for none
		 */
		void add(int number, long time) {
			while (this.groups.size() <= number / TraceIds.GROUP) {
				this.groups.add(new long[] { Long.MAX_VALUE, Long.MIN_VALUE });
			}
			if (number > 0) {
				long[] times = this.groups.get(number / TraceIds.GROUP);
				times[0] = Math.min(times[0], time);
				times[1] = Math.max(times[1], time);
			}
		}

		/**
		 * @param traces their ids in the order of their numbers, from 1 on
		 */
		byte[] encode(List<byte[]> traces) {
			ByteSink out = new ByteSink(2 * traces.size() + 1024);
			out.put(VERSION);
			out.putVarint(traces.size());
			traces.forEach((id) -> out.putShort(print(Tokens.id(id))));
			long before = 0;
			for (long[] times : this.groups.subList(0, (traces.size() + TraceIds.GROUP) / TraceIds.GROUP)) {
				long first = (times[0] <= times[1]) ? times[0] : before;
				out.putZigzag(first - before);
				out.putVarint((times[0] <= times[1]) ? times[1] - first : 0);
				before = first;
			}
			return out.toBytes();
		}

	}

}
