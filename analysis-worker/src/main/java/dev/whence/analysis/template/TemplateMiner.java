package dev.whence.analysis.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import dev.whence.analysis.template.Word.Kind;
import dev.whence.model.LogMask;

/**
 * Finds the statements that log lines are instances of, one line after the other.
 * <p>
 * A line is masked by {@link LogMask}; a masked line that is known is one look-up. A new
 * one is registered under itself with one word left out (two, if it has at least
 * {@value #PAIRS_FROM} constant words). Lines that meet there are united once the place
 * has shown {@value Siblings#VARIABLE_FROM} different words, or a value by its form where
 * at least {@value #LONELY_FROM} constant words agree. Words of few alternatives (opened,
 * closed) so remain part of the statement.
 * <p>
 * Deterministic in the sequence of lines. What was united stays united. Memory is bounded
 * by {@link MinerLimits}. Not for use by several threads.
 */
public final class TemplateMiner {

	static final int PAIRS_FROM = 6;

	static final int LONELY_FROM = 3;

	/** Longer lines are told apart by their beginning; pairs grow with the square. */
	private static final int MOST_WORDS = 128;

	private static final int MOST_PAIRED = 40;

	private final MinerLimits limits;

	private final BiConsumer<Template, Template> onUnion;

	private final Bounded<String, Template> forms;

	private final Bounded<Long, Siblings> siblings;

	private final List<String> forgotten = new ArrayList<>();

	private long next;

	public TemplateMiner(MinerLimits limits) {
		this(limits, (_, _) -> {
		});
	}

	/**
	 * @param onUnion told the younger and the elder template whenever two become one
	 */
	public TemplateMiner(MinerLimits limits, BiConsumer<Template, Template> onUnion) {
		this.limits = limits;
		this.onUnion = onUnion;
		this.forms = new Bounded<>(limits.forms(), this.forgotten);
		this.siblings = new Bounded<>(limits.siblings(), null);
	}

	/** The template of a message, which later lines may unite with others. */
	public Template add(String message) {
		return addMasked(LogMask.of(message));
	}

	Template addMasked(String masked) {
		Template known = this.forms.get(masked);
		return (known != null) ? known.root() : learn(masked);
	}

	private Template learn(String masked) {
		String[] words = masked.split(" ", MOST_WORDS);
		Template template = new Template(LogMask.id(masked), this.next++, words);
		this.forms.put(masked, template);
		register(words, template);
		return template.root();
	}

	/** Brings back a masked line and its template, as the store has kept them. */
	void restore(String masked, Template template) {
		this.next = Math.max(this.next, template.number() + 1);
		this.forms.put(masked, template);
		register(masked.split(" ", MOST_WORDS), template);
	}

	private void register(String[] texts, Template template) {
		int count = texts.length;
		Word[] words = new Word[count];
		int[] constants = new int[count];
		int constant = 0;
		long whole = count;
		for (int i = 0; i < count; i++) {
			words[i] = Word.of(texts[i]);
			whole += Word.mix(words[i].hash(), i);
			if (words[i].kind() == Kind.CONSTANT) {
				constants[constant++] = i;
			}
		}
		if (constant < 2) {
			// Something constant must remain.
			return;
		}
		for (int i = 0; i < count; i++) {
			Word word = words[i];
			if (word.kind() != Kind.MARK) {
				long key = whole - Word.mix(word.hash(), i) + Word.mix(word.blankHash(), -i - 1);
				meet(key, word.hash(), 0, word.kind() == Kind.VALUE, constant >= LONELY_FROM, template);
				if (word.calleeHash() != 0) {
					long around = whole - Word.mix(word.hash(), i) + Word.mix(word.calleeHash(), -i - 1);
					meet(around, word.hash(), 0, false, constant >= LONELY_FROM, template);
				}
			}
		}
		if (constant < PAIRS_FROM || constant > MOST_PAIRED) {
			return;
		}
		for (int a = 0; a < constant; a++) {
			int i = constants[a];
			long without = whole - Word.mix(words[i].hash(), i) + Word.mix(words[i].blankHash(), -i - 1);
			for (int b = a + 1; b < constant; b++) {
				int j = constants[b];
				long key = without - Word.mix(words[j].hash(), j) + Word.mix(words[j].blankHash(), -j - 1);
				meet(key, words[i].hash(), words[j].hash(), false, false, template);
			}
		}
	}

	private void meet(long key, long first, long second, boolean value, boolean lonely, Template template) {
		Siblings siblings = this.siblings.get(key);
		if (siblings == null) {
			siblings = new Siblings();
			this.siblings.put(key, siblings);
		}
		Template[] united = siblings.add(first, second, value, lonely, template);
		if (united != null) {
			for (Template other : united) {
				unite(template.root(), other.root());
			}
		}
	}

	private void unite(Template one, Template other) {
		if (one == other) {
			return;
		}
		Template elder = (one.number() < other.number()) ? one : other;
		Template younger = (elder == one) ? other : one;
		younger.uniteInto(elder);
		elder.widen(younger.words());
		this.onUnion.accept(younger, elder);
	}

	/** The masked lines that were forgotten since the last call. */
	List<String> takeForgotten() {
		List<String> taken = List.copyOf(this.forgotten);
		this.forgotten.clear();
		return taken;
	}

	/** How many masked lines are known. */
	public int size() {
		return this.forms.size();
	}

	/** A measure of the memory in use, in sibling keys. */
	int weight() {
		return this.siblings.size() + 4 * this.forms.size();
	}

	MinerLimits limits() {
		return this.limits;
	}

	/** Forgets what was not used for longest. */
	private static final class Bounded<K, V> extends LinkedHashMap<K, V> {

		private static final long serialVersionUID = 1L;

		private final int most;

		private final transient List<K> forgotten;

		Bounded(int most, List<K> forgotten) {
			super(16, 0.75f, true);
			this.most = most;
			this.forgotten = forgotten;
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
			if (size() <= this.most) {
				return false;
			}
			if (this.forgotten != null) {
				this.forgotten.add(eldest.getKey());
			}
			return true;
		}

	}

}
