package dev.whence.analysis.template;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The lines that are equal but for certain words. While they are few, those words are
 * part of different statements; once they are many, or one of them is a value by its
 * form, the place is a variable, and from then on every such line is one template.
 */
final class Siblings {

	/** From so many different words on, a place is a variable. */
	static final int VARIABLE_FROM = 5;

	/** Pairs of words that are remembered until both places have enough. */
	private static final int MOST = 64;

	private long[] first = new long[1];

	private long[] second = new long[1];

	private Template[] lines = new Template[1];

	private int size;

	private boolean anyValue;

	private boolean open;

	/**
	 * Adds a line.
	 * @param first the word at the first place
	 * @param second the word at the second place, 0 if there is one place alone
	 * @param lonelyPlace whether a single value by its form opens the place
	 * @return the lines that are now one template, the given one left out; null if there
	 * is nothing to unite
	 */
	Template @Nullable [] add(long first, long second, boolean value, boolean lonelyPlace, Template line) {
		if (this.open) {
			Template known = this.lines[0];
			return new Template[] { known };
		}
		for (int i = 0; i < this.size; i++) {
			if (this.first[i] == first && this.second[i] == second) {
				this.lines[i] = line;
				return null;
			}
		}
		if (this.size == MOST) {
			return null;
		}
		if (this.size == this.lines.length) {
			int room = Math.min(MOST, this.size * 2 + 1);
			this.first = Arrays.copyOf(this.first, room);
			this.second = Arrays.copyOf(this.second, room);
			this.lines = Arrays.copyOf(this.lines, room);
		}
		this.first[this.size] = first;
		this.second[this.size] = second;
		this.lines[this.size] = line;
		this.size++;
		this.anyValue |= value;
		boolean many = distinct(this.first) >= VARIABLE_FROM && (second == 0 || distinct(this.second) >= VARIABLE_FROM);
		if (!many && !(lonelyPlace && this.anyValue && this.size > 1)) {
			return null;
		}
		Template[] united = Arrays.copyOf(this.lines, this.size - 1);
		this.open = true;
		this.first = new long[0];
		this.second = this.first;
		this.lines = new Template[] { line };
		this.size = 1;
		return united;
	}

	private int distinct(long[] words) {
		int distinct = 0;
		for (int i = 0; i < this.size; i++) {
			boolean seen = false;
			for (int j = 0; j < i && !seen; j++) {
				seen = words[j] == words[i];
			}
			distinct += seen ? 0 : 1;
		}
		return distinct;
	}

}
