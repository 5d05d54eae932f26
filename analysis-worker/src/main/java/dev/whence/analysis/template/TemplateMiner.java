package dev.whence.analysis.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import dev.whence.analysis.template.Word.Kind;
import dev.whence.model.LogMask;
import org.jspecify.annotations.Nullable;

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

	/** A template grows more general a few times; the next line continues. */
	private static final int MOST_ROUNDS = 4;

	private final BiConsumer<Template, Template> onUnion;

	private final Bounded<String, Template> forms;

	private final Bounded<Long, Siblings> siblings;

	/** By what is left of a template's text when its lists are of any length. */
	private final Bounded<String, Template> outlines;

	/** So that what was forgotten is itself again when it comes back. */
	private final Bounded<String, Template> byId;

	private final List<String> forgotten = new ArrayList<>();

	private final List<String> learned = new ArrayList<>();

	private long next;

	public TemplateMiner(MinerLimits limits) {
		this(limits, (_, _) -> {
		});
	}

	/**
	 * @param onUnion told the younger and the elder template whenever two become one
	 */
	public TemplateMiner(MinerLimits limits, BiConsumer<Template, Template> onUnion) {
		this.onUnion = onUnion;
		this.forms = new Bounded<>(limits.forms(), this.forgotten);
		this.siblings = new Bounded<>(limits.siblings(), null);
		this.outlines = new Bounded<>(limits.forms(), null);
		this.byId = new Bounded<>(2 * limits.forms(), null);
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
		String[] words = words(masked);
		String id = LogMask.id(masked);
		Template former = this.byId.get(id);
		Template template = (former != null) ? former.root() : new Template(id, this.next++, words);
		if (former == null) {
			this.byId.put(id, template);
		}
		this.forms.put(masked, template);
		this.learned.add(masked);
		settle(words, template);
		return template.root();
	}

	/** Brings back a template, which may be united with another, as the store has it. */
	Template restore(String id, long number, String text) {
		Template template = new Template(id, number, words(text));
		this.next = Math.max(this.next, number + 1);
		this.byId.put(id, template);
		return template;
	}

	/**
	 * Brings back a masked line of a template; in the order in which lines were learned.
	 */
	void restore(String masked, Template template) {
		this.forms.put(masked, template.root());
		settle(words(masked), template.root());
	}

	private static String[] words(String masked) {
		return masked.split(" ", MOST_WORDS);
	}

	/**
	 * Registers a line, and then its template for as long as that grows more general: the
	 * template of many lines is itself a line that may be equal to others but for a word.
	 */
	private void settle(String[] words, Template template) {
		String[] registered = words;
		register(registered, template);
		for (int round = 0; round < MOST_ROUNDS; round++) {
			Template root = template.root();
			String outline = Outline.of(root.words());
			Template alike = this.outlines.get(outline);
			if (alike != null) {
				unite(root, alike.root());
			}
			this.outlines.put(outline, template.root());
			if (Arrays.equals(template.root().words(), registered)) {
				return;
			}
			registered = template.root().words();
			register(registered, template.root());
		}
	}

	private void register(String[] texts, Template template) {
		int count = texts.length;
		Word[] words = new Word[count];
		int[] open = new int[count];
		int pairable = 0;
		int constant = 0;
		long whole = count;
		for (int i = 0; i < count; i++) {
			words[i] = Word.of(texts[i]);
			whole += Word.mix(words[i].hash(), i);
			if (words[i].kind() == Kind.CONSTANT || words[i].kind() == Kind.MIXED) {
				open[pairable++] = i;
			}
			constant += (words[i].kind() == Kind.CONSTANT || words[i].keyed()) ? 1 : 0;
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
		if (constant < PAIRS_FROM || pairable > MOST_PAIRED) {
			return;
		}
		for (int a = 0; a < pairable; a++) {
			int i = open[a];
			long without = whole - Word.mix(words[i].hash(), i) + Word.mix(words[i].blankHash(), -i - 1);
			for (int b = a + 1; b < pairable; b++) {
				int j = open[b];
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
		if (elder.words().length == younger.words().length) {
			elder.widen(younger.words());
		}
		this.onUnion.accept(younger, elder);
	}

	/** The masked lines that were learned since the last call and are still known. */
	Map<String, Template> takeLearned() {
		Map<String, Template> taken = new LinkedHashMap<>();
		for (String masked : this.learned) {
			Template template = this.forms.get(masked);
			if (template != null) {
				taken.put(masked, template.root());
			}
		}
		this.learned.clear();
		return taken;
	}

	/** The masked lines that were forgotten since the last call. */
	List<String> takeForgotten() {
		List<String> taken = this.forgotten.stream().filter((masked) -> !this.forms.containsKey(masked)).toList();
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

	/** Forgets what was not used for longest. */
	private static final class Bounded<K, V> extends LinkedHashMap<K, V> {

		private static final long serialVersionUID = 1L;

		private final int most;

		private final transient @Nullable List<K> forgotten;

		Bounded(int most, @Nullable List<K> forgotten) {
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
