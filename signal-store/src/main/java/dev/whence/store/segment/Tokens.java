package dev.whence.store.segment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.whence.model.search.Words;
import dev.whence.store.column.Bytes;
import dev.whence.store.column.JsonMembers;
import dev.whence.store.form.JsonText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What segments can be asked for without reading them, as hashes. Tokens of different
 * kinds never mean each other.
 */
final class Tokens {

	// The seeds are part of what is stored.
	private static final Hasher64 IDS = Hashing.xxh3_64(1);

	private static final Hasher64 WORDS = Hashing.xxh3_64(2);

	private static final Hasher64 ATTRIBUTES = Hashing.xxh3_64(3);

	private static final Logger log = LoggerFactory.getLogger(Tokens.class);

	private static final int MOST_COMMON = 1_000;

	private final Set<Bytes> common = new HashSet<>();

	private long[] hashes = new long[1024];

	private int size;

	/** A trace or a signal by its stored id. */
	static long id(byte[] id) {
		return IDS.hashBytesToLong(id);
	}

	/**
	 * A word of a text.
	 * @param word folded, see {@link Words}
	 */
	static long word(String word) {
		return WORDS.hashBytesToLong(word.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * An attribute of a signal or its resource with a value as it is written in JSON
	 * without quotes.
	 */
	static long attribute(String name, String value) {
		return ATTRIBUTES.hashBytesToLong((name + '\0' + value).getBytes(StandardCharsets.UTF_8));
	}

	void add(long hash) {
		if (this.size == this.hashes.length) {
			compact();
			if (this.size > this.hashes.length / 2) {
				this.hashes = Arrays.copyOf(this.hashes, this.hashes.length * 2);
			}
		}
		this.hashes[this.size++] = hash;
	}

	void addText(byte @Nullable [] text) {
		if (text != null) {
			addText(new String(text, StandardCharsets.UTF_8));
		}
	}

	void addText(String text) {
		Words.of(text, (word) -> add(word(word)));
	}

	/** The same for an object that many signals have in common: once is enough. */
	void addCommonAttributes(byte @Nullable [] json) {
		if (json != null && (this.common.size() >= MOST_COMMON || this.common.add(new Bytes(json)))) {
			addAttributes(json);
		}
	}

	/** The members of an object that are texts, numbers or truths. */
	void addAttributes(byte @Nullable [] json) {
		if (json == null) {
			return;
		}
		JsonMembers members = JsonMembers.of(json);
		if (members == null) {
			addParsed(json);
			return;
		}
		members.forEach((name, value) -> {
			if (isEscaped(name) || isEscaped(value)) {
				addParsed(json);
			}
			else if (value[0] == '"') {
				add(attribute(text(name, 1), text(value, 1)));
			}
			else if (value[0] != '[' && value[0] != '{' && value[0] != 'n') {
				add(attribute(text(name, 1), text(value, 0)));
			}
		});
	}

	private void addParsed(byte[] json) {
		try {
			JsonText.read(json).forEach((name, value) -> {
				if (value instanceof String || value instanceof Number || value instanceof Boolean) {
					add(attribute(name, value.toString()));
				}
			});
		}
		catch (RuntimeException ex) {
			// What nobody can read has no attributes to be found by.
			log.debug("attributes that are no object", ex);
		}
	}

	private static boolean isEscaped(byte[] token) {
		for (byte one : token) {
			if (one == '\\') {
				return true;
			}
		}
		return false;
	}

	private static String text(byte[] token, int quotes) {
		return new String(token, quotes, token.length - 2 * quotes, StandardCharsets.UTF_8);
	}

	/** Each hash once. */
	long[] distinct() {
		compact();
		return Arrays.copyOf(this.hashes, this.size);
	}

	private void compact() {
		Arrays.sort(this.hashes, 0, this.size);
		int distinct = 0;
		for (int i = 0; i < this.size; i++) {
			if (i == 0 || this.hashes[i] != this.hashes[i - 1]) {
				this.hashes[distinct++] = this.hashes[i];
			}
		}
		this.size = distinct;
	}

}
