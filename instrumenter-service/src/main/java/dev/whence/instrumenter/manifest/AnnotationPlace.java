package dev.whence.instrumenter.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.whence.instrumenter.manifest.Snippet.Fields;
import dev.whence.instrumenter.manifest.Snippet.Layout;
import dev.whence.instrumenter.manifest.YamlNode.Alias;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * The place in a pod template where annotations go: into what is there, or into what has
 * to be made first. Refuses wherever an edit would reach further than this template.
 */
final class AnnotationPlace {

	private final Manifest manifest;

	private final Workload workload;

	private final Mapping template;

	private final Splicer splicer;

	AnnotationPlace(Manifest manifest, Workload workload, Mapping template) {
		this.manifest = manifest;
		this.workload = workload;
		this.template = template;
		this.splicer = new Splicer(manifest.source(), layout(manifest.source(), workload, template));
	}

	/**
	 * Plans the annotations and the note of what was there before.
	 * @throws UnsafeEditException if there is no safe place
	 */
	Splice add(Map<String, String> annotations, Provenance provenance) {
		Entry metadata = own(this.template, "metadata");
		if (metadata == null) {
			refuseHiddenKeys(this.template, this.workload.owner());
			return checked(this.splicer.intoMapping(this.workload.owner(), this.template,
					fields("metadata", Snippet.fields("annotations", fields(annotations, provenance))).entries()));
		}
		if (metadata.value() instanceof Scalar none && none.isNull()) {
			provenance.had().put("metadata", none.value());
			refuseOwnedLines(metadata);
			return checked(this.splicer.intoNull(metadata, none, this.template.flow(),
					Snippet.fields("annotations", fields(annotations, provenance))));
		}
		Mapping mapping = mapping(metadata);
		Entry entry = own(mapping, "annotations");
		if (entry == null) {
			if (mapping.entries().isEmpty()) {
				provenance.had().put("metadata", "{}");
			}
			refuseHiddenKeys(mapping, metadata);
			return checked(this.splicer.intoMapping(metadata, mapping,
					fields("annotations", fields(annotations, provenance)).entries()));
		}
		refuseOwnedLines(entry);
		if (entry.value() instanceof Scalar none && none.isNull()) {
			provenance.had().put("annotations", none.value());
			return checked(this.splicer.intoNull(entry, none, mapping.flow(), fields(annotations, provenance)));
		}
		Mapping existing = mapping(entry);
		if (existing.entries().isEmpty()) {
			provenance.had().put("annotations", "{}");
		}
		return checked(this.splicer.intoMapping(entry, existing, fields(annotations, provenance).entries()));
	}

	private @Nullable Entry own(Mapping mapping, String key) {
		if (mapping.count(key) > 1) {
			throw new UnsafeEditException(Rule.DUPLICATE_KEY, key + " stands there twice");
		}
		Entry entry = mapping.find(key);
		if (entry == null && mapping.find("<<") != null) {
			throw new UnsafeEditException(Rule.MERGE, key + " may come from a merge key");
		}
		if (entry != null && WorkloadFinder.isExplicit(this.manifest.source(), mapping, entry)) {
			throw new UnsafeEditException(Rule.EXPLICIT_KEY, key + " is an explicit key");
		}
		return entry;
	}

	private Mapping mapping(Entry entry) {
		if (entry.value() instanceof Alias) {
			throw new UnsafeEditException(Rule.ALIAS, "the value is an alias");
		}
		if (this.workload.document().leaks(entry.value())) {
			throw new UnsafeEditException(Rule.LEAK, "the value's anchor is used elsewhere");
		}
		if (entry.value() instanceof Mapping mapping) {
			return mapping;
		}
		throw new UnsafeEditException(
				this.manifest.helm().touches(entry.value().at()) ? Rule.TEMPLATE : Rule.NOT_A_MAPPING,
				"the value is no mapping");
	}

	/** In a template: an expression may produce the very key that is about to be made. */
	private void refuseHiddenKeys(Mapping mapping, @Nullable Entry owner) {
		if (this.manifest.helm().isEmpty()) {
			return;
		}
		int column = mapping.entries().isEmpty() ? 0 : mapping.entries().getFirst().key().at().column();
		int from = (owner != null) ? owner.key().at().start() : mapping.at().start();
		if (this.manifest.helm().producesKeys(this.manifest.source().text(), from, end(mapping, owner), column)) {
			throw new UnsafeEditException(Rule.TEMPLATE, "an expression may produce this key");
		}
	}

	/** In a template: what an expression adds to a mapping is not known. */
	private void refuseOwnedLines(Entry entry) {
		if (this.manifest.helm().ownsLines(entry.key().at().start(), end(entry.value(), entry))) {
			throw new UnsafeEditException(Rule.TEMPLATE, "an expression adds to this mapping");
		}
	}

	/**
	 * Where the lines that may belong to a node end: at the next line that is not deeper
	 * than its key.
	 */
	private int end(YamlNode node, @Nullable Entry owner) {
		if (owner == null) {
			return node.at().end();
		}
		SourceText source = this.manifest.source();
		int from = Math.max(node.lastOffset(), owner.key().at().end());
		String text = source.text();
		for (int line = source.lineEnd(Math.max(0, from - 1)); line < text.length(); line = source.lineEnd(line)) {
			int first = line;
			while (first < text.length() && text.charAt(first) == ' ') {
				first++;
			}
			boolean says = first < text.length() && "\r\n#{".indexOf(text.charAt(first)) < 0;
			if (says && first - line <= owner.key().at().column()) {
				return line;
			}
		}
		return text.length();
	}

	private Splice checked(Splice splice) {
		if (this.manifest.helm().depthAt(splice.offset()) > 0) {
			throw new UnsafeEditException(Rule.TEMPLATE, "the place stands under a condition");
		}
		return splice;
	}

	private static Fields fields(String key, Snippet value) {
		return Snippet.fields(key, value);
	}

	private static Fields fields(Map<String, String> annotations, Provenance provenance) {
		Map<String, Snippet> entries = new LinkedHashMap<>();
		annotations.forEach((key, value) -> entries.put(key, Snippet.text(value)));
		entries.put(Provenance.KEY, Snippet.text(provenance.toString()));
		return new Fields(entries);
	}

	/** How this workload is indented, judged by its own template. */
	static Layout layout(SourceText source, Workload workload, Mapping template) {
		int step = 2;
		Entry owner = workload.owner();
		if (owner != null && !template.flow() && !template.entries().isEmpty()) {
			step = template.entries().getFirst().key().at().column() - owner.key().at().column();
		}
		else {
			Entry metadata = template.find("metadata");
			if (metadata != null && metadata.value() instanceof Mapping mapping && !mapping.flow()
					&& !mapping.entries().isEmpty()) {
				step = mapping.entries().getFirst().key().at().column() - metadata.key().at().column();
			}
		}
		return new Layout(source.eol(), (step > 0 && step <= 8) ? step : 2, dash(template),
				isKyaml(source, workload.document().root()));
	}

	/** Braces, one entry a line, plain keys and a comma behind the last. */
	private static boolean isKyaml(SourceText source, @Nullable YamlNode root) {
		if (!(root instanceof Mapping mapping) || !mapping.flow() || mapping.entries().isEmpty()) {
			return false;
		}
		int first = mapping.entries().getFirst().key().at().start();
		return source.text().charAt(first) != '"' && source.opensLine(first)
				&& source.lastVisible(mapping.at().start(), mapping.at().end() - 1) == ',';
	}

	private static int dash(Mapping template) {
		Entry spec = template.find("spec");
		Entry containers = (spec != null && spec.value() instanceof Mapping mapping) ? mapping.find("containers")
				: null;
		if (containers != null && containers.value() instanceof YamlNode.Sequence sequence && !sequence.flow()) {
			int dash = sequence.at().column() - containers.key().at().column();
			return (dash >= 0 && dash <= 8) ? dash : 0;
		}
		return 2;
	}

}
