package dev.whence.store.segment;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.whence.model.search.Words;
import dev.whence.store.column.ByteSink;
import dev.whence.store.column.JsonScan;
import dev.whence.store.column.Vocabulary;
import dev.whence.store.form.JsonText;
import dev.whence.store.search.SpanEvents;
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

	/**
	 * Different in each set, so that nobody can choose tokens that get in each other's
	 * way.
	 */
	private final long salt = ThreadLocalRandom.current().nextLong() | 1;

	/** The hashes; 0 where a slot is free. */
	private long[] slots = new long[1024];

	private boolean zero;

	private int size;

	/** What is being hashed. */
	private byte[] scratch = new byte[256];

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
		if (hash == 0) {
			this.zero = true;
			return;
		}
		if (put(hash)) {
			this.size++;
			if (2 * this.size > this.slots.length) {
				long[] old = this.slots;
				this.slots = new long[4 * old.length];
				for (long known : old) {
					if (known != 0) {
						put(known);
					}
				}
			}
		}
	}

	/** Whether the hash was not there before. */
	private boolean put(long hash) {
		int mask = this.slots.length - 1;
		int slot = (int) (hash * this.salt >>> 32) & mask;
		while (this.slots[slot] != 0) {
			if (this.slots[slot] == hash) {
				return false;
			}
			slot = (slot + 1) & mask;
		}
		this.slots[slot] = hash;
		return true;
	}

	/** Adds the words of texts. */
	Vocabulary texts() {
		return new Vocabulary() {

			@Override
			public void text(byte[] value) {
				addText(value);
			}

		};
	}

	/**
	 * Adds the words of what the events of spans say; of what else spans have to tell,
	 * nothing.
	 */
	Vocabulary events() {
		return new Vocabulary() {

			@Override
			public void member(byte[] name, byte[] value) {
				if (SpanEvents.isName(name)) {
					whole(object(name, value));
				}
			}

			@Override
			public void whole(byte[] json) {
				SpanEvents.texts(json).forEach((text) -> addText(text.getBytes(StandardCharsets.UTF_8)));
			}

		};
	}

	/** Adds the members of objects that are texts, numbers or truths. */
	Vocabulary attributes() {
		return new Vocabulary() {

			@Override
			public void member(byte[] name, byte[] value) {
				addAttribute(name, value);
			}

			@Override
			public void whole(byte[] json) {
				JsonScan members = new JsonScan();
				if (members.read(json)) {
					for (int i = 0; i < members.size(); i++) {
						addAttribute(members.name(i), members.value(i));
					}
				}
				addParsed(json);
			}

		};
	}

	private void addText(byte[] text) {
		for (byte one : text) {
			if (one < 0) {
				Words.of(new String(text, StandardCharsets.UTF_8), (word) -> add(word(word)));
				return;
			}
		}
		byte[] folded = scratch(text.length);
		int from = 0;
		for (int i = 0; i <= text.length; i++) {
			byte letter = (i < text.length) ? Words.foldAscii(text[i]) : 0;
			if (letter != 0) {
				folded[i] = letter;
			}
			else {
				if (i > from) {
					add(WORDS.hashBytesToLong(folded, from, i - from));
				}
				from = i + 1;
			}
		}
	}

	// A search that has to parse an object to read it sees numbers as Java writes them,
	// and
	// any other as they are written.
	private void addAttribute(byte[] name, byte[] value) {
		byte first = value[0];
		if (first == '[' || first == '{' || first == 'n') {
			return;
		}
		boolean escaped = JsonScan.isEscaped(name) || JsonScan.isEscaped(value);
		if (escaped || first != '"' && !isPlain(value)) {
			addParsed(object(name, value));
		}
		if (escaped) {
			return;
		}
		int quotes = (first == '"') ? 1 : 0;
		int nameLength = name.length - 2;
		int valueLength = value.length - 2 * quotes;
		byte[] attribute = scratch(nameLength + 1 + valueLength);
		System.arraycopy(name, 1, attribute, 0, nameLength);
		attribute[nameLength] = 0;
		System.arraycopy(value, quotes, attribute, nameLength + 1, valueLength);
		add(ATTRIBUTES.hashBytesToLong(attribute, 0, nameLength + 1 + valueLength));
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

	private static byte[] object(byte[] name, byte[] value) {
		ByteSink json = new ByteSink(name.length + value.length + 3);
		json.put('{');
		json.put(name);
		json.put(':');
		json.put(value);
		json.put('}');
		return json.toBytes();
	}

	/**
	 * Whether a value without quotes is written as Java does: a whole number or a truth.
	 */
	private static boolean isPlain(byte[] value) {
		for (byte one : value) {
			if (one == '.' || one == 'e' && value[0] != 't' && value[0] != 'f' || one == 'E') {
				return false;
			}
		}
		return true;
	}

	private byte[] scratch(int length) {
		if (this.scratch.length < length) {
			this.scratch = new byte[2 * length];
		}
		return this.scratch;
	}

	/** Each hash once, in no order. */
	long[] distinct() {
		long[] distinct = new long[this.size + (this.zero ? 1 : 0)];
		int next = 0;
		for (long hash : this.slots) {
			if (hash != 0) {
				distinct[next++] = hash;
			}
		}
		return distinct;
	}

}
