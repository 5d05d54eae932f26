package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;

/** Takes nodes out of collections; the inverse of {@link Splicer}. */
final class Remover {

	private final SourceText source;

	private final List<Splice> splices = new ArrayList<>();

	Remover(SourceText source) {
		this.source = source;
	}

	List<Splice> splices() {
		return this.splices;
	}

	/** Removes some, but not all, entries of a mapping. */
	void entries(Mapping mapping, Predicate<Entry> ours) {
		List<Entry> entries = mapping.entries();
		for (int i = 0; i < entries.size(); i++) {
			if (!ours.test(entries.get(i))) {
				continue;
			}
			int first = i;
			while (i + 1 < entries.size() && ours.test(entries.get(i + 1))) {
				i++;
			}
			int start = entries.get(first).key().at().start();
			int end = end(entries.get(i));
			int before = (first > 0) ? end(entries.get(first - 1)) : mapping.at().start();
			int behind = (i + 1 < entries.size()) ? entries.get(i + 1).key().at().start() : -1;
			cut(mapping.flow(), first > 0, before, start, end, behind);
		}
	}

	/** Removes some, but not all, items of a sequence. */
	void items(Sequence sequence, Predicate<YamlNode> ours) {
		List<YamlNode> items = sequence.items();
		for (int i = 0; i < items.size(); i++) {
			if (!ours.test(items.get(i))) {
				continue;
			}
			int first = i;
			while (i + 1 < items.size() && ours.test(items.get(i + 1))) {
				i++;
			}
			int start = items.get(first).at().start();
			int end = items.get(i).lastOffset();
			int before = (first > 0) ? items.get(first - 1).lastOffset() : sequence.at().start();
			int behind = (i + 1 < items.size()) ? items.get(i + 1).at().start() : -1;
			cut(sequence.flow(), first > 0, before, start, end, behind);
		}
	}

	private void cut(boolean flow, boolean hasBefore, int previous, int start, int end, int behind) {
		if (!flow) {
			char before = this.source.lastVisibleOnLine(start);
			if (before != '\0' && before != '-') {
				throw new UnsafeEditException("an added node shares its line with another");
			}
			if (behind >= 0 && this.source.lineStart(behind) == this.source.lineStart(Math.max(start, end - 1))) {
				throw new UnsafeEditException("an added node shares its line with another");
			}
			this.splices.add(this.source.withoutLines(start, Math.max(start, end - 1)));
		}
		else if (behind >= 0 && sharesBracketLine(start, end)) {
			this.splices.add(new Splice(start, end + 1 - start, ""));
		}
		else if (behind >= 0) {
			this.splices.add(new Splice(start, behind - start, ""));
		}
		else if (hasBefore) {
			this.splices.add(new Splice(previous, end - previous, ""));
		}
		else {
			this.splices.add(new Splice(start, end - start, ""));
		}
	}

	/** Whether what was added stands between an opening bracket and its line's end. */
	private boolean sharesBracketLine(int start, int end) {
		String text = this.source.text();
		return start > 0 && "{[".indexOf(text.charAt(start - 1)) >= 0
				&& (text.startsWith(",\n", end) || text.startsWith(",\r\n", end));
	}

	/**
	 * Empties a value, which then is what it was before: a null of that spelling, or an
	 * empty collection.
	 */
	void value(Entry entry, boolean ownerInFlow, String token) {
		YamlNode value = entry.value();
		boolean flow = switch (value) {
			case Mapping mapping -> mapping.flow();
			case Sequence sequence -> sequence.flow();
			default -> throw new UnsafeEditException("an added collection is none any more");
		};
		int start = value.at().start();
		if (token.equals("{}") || token.equals("[]")) {
			int first = (value instanceof Mapping mapping) ? mapping.entries().getFirst().key().at().start()
					: ((Sequence) value).items().getFirst().at().start();
			int last = (value instanceof Mapping mapping) ? end(mapping.entries().getLast())
					: ((Sequence) value).items().getLast().lastOffset();
			if (!flow) {
				throw new UnsafeEditException("an added collection has another style now");
			}
			this.splices.add(new Splice(first, last - first, ""));
		}
		else if (!token.isEmpty()) {
			this.splices.add(new Splice(start, value.at().end() - start, token));
		}
		else if (ownerInFlow && flow) {
			int colon = this.source.text().indexOf(':', entry.key().at().end());
			this.splices.add(new Splice(colon + 1, value.at().end() - colon - 1, ""));
		}
		else if (!flow) {
			this.splices.add(this.source.withoutLines(start, Math.max(start, value.lastOffset() - 1)));
		}
		else {
			throw new UnsafeEditException("an added collection has another style now");
		}
	}

	/** One past an entry's last character. */
	static int end(Entry entry) {
		return Math.max(entry.key().lastOffset(), entry.value().lastOffset());
	}

}
