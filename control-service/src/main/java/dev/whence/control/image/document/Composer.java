package dev.whence.control.image.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import dev.whence.control.image.document.YamlNode.Items;
import dev.whence.control.image.document.YamlNode.Pair;
import dev.whence.control.image.document.YamlNode.Pairs;
import dev.whence.control.image.document.YamlNode.Scalar;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds the nodes of the one document of a text from parser events, with a stack of its
 * own, so that neither nesting nor aliases cost more than the text is long. Limits are
 * checked as the events arrive.
 */
final class Composer {

	private final DocumentLimits limits;

	private final ParserImpl parser;

	private final StreamReader reader;

	private final Tabs tabs = new Tabs();

	private final Deque<Frame> frames = new ArrayDeque<>();

	/** Null while the collection of the anchor is still open. */
	private final Map<String, @Nullable YamlNode> anchors = new HashMap<>();

	private final Map<String, Mark> anchorMarks = new HashMap<>();

	private @Nullable YamlNode root;

	private int weight;

	private Composer(String text, DocumentLimits limits) {
		this.limits = limits;
		// One buffer for the whole text: the scanner reads its buffer again from the
		// start of each token.
		LoadSettings settings = LoadSettings.builder()
			.setBufferSize(Math.max(16, text.length() + 1))
			.setCodePointLimit(Integer.MAX_VALUE)
			.build();
		this.reader = new StreamReader(settings, text);
		this.parser = new ParserImpl(settings, this.reader);
	}

	/** The root node of the text, or null if the text has no document. */
	static @Nullable YamlNode compose(String text, DocumentLimits limits) {
		return new Composer(text, limits).compose();
	}

	private @Nullable YamlNode compose() {
		try {
			for (Event event = next(); event != null; event = next()) {
				this.tabs.before(event);
				accept(event);
			}
			return this.root;
		}
		catch (MarkedYamlEngineException ex) {
			this.tabs.before(ex.getProblemMark().orElse(null));
			throw SyntaxErrors.translated(ex);
		}
		catch (YamlEngineException ex) {
			throw nonsense();
		}
	}

	/**
	 * The next event, or null behind the last. For some nonsense, a backslash and u
	 * without digits for one, the parser fails in ways of its own instead of saying so.
	 */
	private @Nullable Event next() {
		try {
			return this.parser.hasNext() ? this.parser.next() : null;
		}
		catch (YamlEngineException ex) {
			throw ex;
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException | NoSuchElementException ex) {
			throw nonsense();
		}
	}

	private DocumentException nonsense() {
		Mark mark = this.reader.getMark().orElseThrow();
		if (new String(mark.getBuffer(), 0, Math.min(5, mark.getBuffer().length)).equals("%YAML")) {
			return SyntaxErrors.at(new Mark("", 0, 0, 0, mark.getBuffer(), 0),
					"found incompatible YAML document (version 1.* is required)");
		}
		return SyntaxErrors.at(this.reader.getMark().orElseThrow(), "the text is not YAML here");
	}

	private void accept(Event event) {
		switch (event) {
			case DocumentStartEvent start when this.root != null ->
				throw SyntaxErrors.between("expected a single document in the stream", this.root.start(),
						"but found another document", mark(start));
			case AliasEvent alias -> {
				YamlNode node = aliased(alias);
				add(node, null, node.weight());
			}
			case ScalarEvent scalar -> {
				Anchor anchor = declare(scalar);
				Scalar node = new Scalar(mark(scalar), scalar.getTag().orElse(null), content(scalar),
						scalar.getScalarStyle() == ScalarStyle.PLAIN);
				add(node, anchor, node.weight());
			}
			case CollectionStartEvent start -> open(start);
			case CollectionEndEvent _ -> close();
			default -> {
			}
		}
	}

	/** A block that the text ends in, without a line break, ends without one, too. */
	private static String content(ScalarEvent scalar) {
		boolean block = scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED;
		String value = scalar.getValue();
		Mark end = scalar.getEndMark().orElseThrow();
		int[] text = end.getBuffer();
		return (block && value.endsWith("\n") && end.getIndex() >= text.length && text[text.length - 1] != '\n'
				&& text[text.length - 1] != '\r') ? value.substring(0, value.length() - 1) : value;
	}

	private YamlNode aliased(AliasEvent alias) {
		String name = SyntaxErrors.name("alias", alias.getAlias().getValue(), mark(alias));
		YamlNode node = this.anchors.get(name);
		if (node == null) {
			throw SyntaxErrors.at(mark(alias),
					this.anchors.containsKey(name)
							? "found alias " + PythonText.quoted(name) + " within what it stands for"
							: "found undefined alias " + PythonText.quoted(name));
		}
		return node;
	}

	private void open(CollectionStartEvent start) {
		if (this.frames.size() >= this.limits.maxDepth()) {
			throw SyntaxErrors.at(mark(start), "found more than %d levels".formatted(this.limits.maxDepth()));
		}
		this.frames.push(new Frame(mark(start), declare(start), start.getTag().orElse(null),
				start instanceof MappingStartEvent, new ArrayList<>()));
	}

	private void close() {
		Frame frame = this.frames.pop();
		int inside = 1 + frame.children().stream().mapToInt(YamlNode::weight).sum();
		add(frame.mapping() ? new Pairs(frame.start(), frame.tag(), pairs(frame.children()), inside)
				: new Items(frame.start(), frame.tag(), List.copyOf(frame.children()), inside), frame.anchor(), 1);
	}

	private static List<Pair> pairs(List<YamlNode> children) {
		List<Pair> pairs = new ArrayList<>(children.size() / 2);
		for (int i = 0; i + 1 < children.size(); i += 2) {
			pairs.add(new Pair(children.get(i), children.get(i + 1)));
		}
		return pairs;
	}

	/** Adds a node; what an alias repeats counts again as a whole. */
	private void add(YamlNode node, @Nullable Anchor anchor, int added) {
		if (anchor != null) {
			this.anchors.put(anchor.getValue(), node);
		}
		Frame parent = this.frames.peek();
		if (parent == null) {
			this.root = node;
		}
		else {
			parent.children().add(node);
		}
		this.weight += added;
		if (this.weight > this.limits.maxNodes()) {
			throw SyntaxErrors.at(node.start(), "found more than %d values".formatted(this.limits.maxNodes()));
		}
	}

	private @Nullable Anchor declare(NodeEvent event) {
		Anchor anchor = event.getAnchor().orElse(null);
		if (anchor != null) {
			String name = SyntaxErrors.name("anchor", anchor.getValue(), mark(event));
			Mark first = this.anchorMarks.put(name, mark(event));
			if (first != null) {
				throw SyntaxErrors.between("found duplicate anchor " + PythonText.quoted(name) + "; first occurrence",
						first, "second occurrence", mark(event));
			}
			this.anchors.put(name, null);
		}
		return anchor;
	}

	private static Mark mark(Event event) {
		return event.getStartMark().orElseThrow();
	}

	/** A collection that is still open. */
	private record Frame(Mark start, @Nullable Anchor anchor, @Nullable String tag, boolean mapping,
			List<YamlNode> children) {
	}

}
