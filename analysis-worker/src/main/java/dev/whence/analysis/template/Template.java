package dev.whence.analysis.template;

import java.util.Arrays;
import java.util.List;

import dev.whence.model.LogMask;
import org.jspecify.annotations.Nullable;

/**
 * A statement that log lines are instances of. Templates are only ever united, never
 * split: the elder stays, with its id.
 */
public final class Template {

	private final String id;

	/** In which order templates were found; the lower is the elder. */
	private final long number;

	private String[] words;

	private @Nullable Template unitedInto;

	Template(String id, long number, String[] words) {
		this.id = id;
		this.number = number;
		this.words = words;
	}

	/** The template that this one is now a part of, or itself. */
	public Template root() {
		Template root = this;
		while (root.unitedInto != null) {
			root = root.unitedInto;
		}
		// Shortens the way for the next one who asks.
		Template at = this;
		while (at.unitedInto != null && at.unitedInto != root) {
			Template next = at.unitedInto;
			at.unitedInto = root;
			at = next;
		}
		return root;
	}

	/** 16 hexadecimal digits: that of the first masked line, so the same everywhere. */
	public String id() {
		return root().id;
	}

	/** The words with {@link LogMask#VARIABLE} for what differs. */
	public String text() {
		return String.join(" ", root().words);
	}

	long number() {
		return this.number;
	}

	String ownId() {
		return this.id;
	}

	String[] words() {
		return this.words;
	}

	/** Takes in what the words of another line have different. */
	boolean widen(String[] others) {
		boolean widened = false;
		for (int i = 0; i < this.words.length; i++) {
			if (!this.words[i].equals(others[i]) && !this.words[i].equals(LogMask.VARIABLE)) {
				if (!widened) {
					this.words = this.words.clone();
				}
				this.words[i] = Word.union(this.words[i], others[i]);
				widened = true;
			}
		}
		return widened;
	}

	void uniteInto(Template elder) {
		this.unitedInto = elder;
	}

	@Override
	public String toString() {
		return this.id + " " + List.of(Arrays.toString(this.words));
	}

}
