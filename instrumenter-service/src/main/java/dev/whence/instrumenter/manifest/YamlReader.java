package dev.whence.instrumenter.manifest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import dev.whence.instrumenter.manifest.ManifestRefusedException.Reason;
import dev.whence.instrumenter.manifest.YamlNode.Alias;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import dev.whence.instrumenter.manifest.YamlNode.Span;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
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
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns a text into documents of {@link YamlNode}s. Works on parser events with a stack
 * of its own, so that neither nesting nor aliases cost more than the text is long; every
 * limit is checked as the events arrive.
 */
final class YamlReader {

	private final String text;

	private final CodePoints offsets;

	private final ManifestLimits limits;

	private final long deadline;

	private final List<YamlDocument> documents = new ArrayList<>();

	private final Deque<Frame> frames = new ArrayDeque<>();

	private Map<String, YamlNode> anchors = new HashMap<>();

	private Set<String> aliased = new HashSet<>();

	private @Nullable YamlNode root;

	private int nodes;

	private YamlReader(String text, ManifestLimits limits, long deadline) {
		this.text = text;
		this.offsets = CodePoints.of(text);
		this.limits = limits;
		this.deadline = deadline;
	}

	/**
	 * Reads all documents.
	 * @param deadline when to give up, as {@link System#nanoTime()} tells time
	 * @throws ManifestRefusedException if the text is not YAML or passes a limit
	 */
	static List<YamlDocument> read(String text, ManifestLimits limits, long deadline) {
		return new YamlReader(text, limits, deadline).read();
	}

	private List<YamlDocument> read() {
		// One buffer for the whole text: the scanner re-reads its buffer from the start
		// of each token, which makes a 5 MB scalar quadratic with the default of 1 kB
		// (measured: 5.3 s instead of 0.1 s).
		LoadSettings settings = LoadSettings.builder()
			.setBufferSize(Math.max(16, this.text.length() + 1))
			.setCodePointLimit(Integer.MAX_VALUE)
			.setLabel("manifest")
			.build();
		try {
			StreamReader reader = new StreamReader(settings, this.text);
			ParserImpl parser = new ParserImpl(settings, reader);
			int count = 0;
			for (Event event = next(parser, reader); event != null; event = next(parser, reader)) {
				if ((++count & 0xff) == 0 && System.nanoTime() - this.deadline > 0) {
					throw new ManifestRefusedException(Reason.DEADLINE, "reading the manifest took too long", 0, 0);
				}
				accept(event);
			}
			return this.documents;
		}
		catch (MarkedYamlEngineException ex) {
			Mark mark = ex.getProblemMark().or(ex::getContextMark).orElse(null);
			throw new ManifestRefusedException(Reason.SYNTAX, "the manifest is not valid YAML",
					(mark != null) ? mark.getLine() + 1 : 0, (mark != null) ? mark.getColumn() + 1 : 0);
		}
		catch (ReaderException ex) {
			throw forbiddenCharacter(ex.getPosition());
		}
		catch (YamlEngineException ex) {
			throw new ManifestRefusedException(Reason.SYNTAX, "the manifest is not valid YAML", 0, 0);
		}
	}

	/**
	 * The next event, or null behind the last. For some nonsense, a backslash and u
	 * without digits for one, the parser fails in ways of its own instead of saying so.
	 */
	private static @Nullable Event next(ParserImpl parser, StreamReader reader) {
		try {
			return parser.hasNext() ? parser.next() : null;
		}
		catch (YamlEngineException ex) {
			throw ex;
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException | NoSuchElementException ex) {
			throw new ManifestRefusedException(Reason.SYNTAX, "the manifest is not valid YAML", reader.getLine() + 1,
					reader.getColumn() + 1);
		}
	}

	private ManifestRefusedException forbiddenCharacter(int codePoint) {
		int offset = Math.min(this.offsets.toUtf16(codePoint), this.text.length());
		int lineStart = this.text.lastIndexOf('\n', offset - 1) + 1;
		int line = (int) this.text.substring(0, offset).chars().filter((ch) -> ch == '\n').count();
		return new ManifestRefusedException(Reason.SYNTAX, "the manifest holds a character that YAML forbids", line + 1,
				offset - lineStart + 1);
	}

	private void accept(Event event) {
		switch (event) {
			case DocumentStartEvent start -> startDocument(start);
			case AliasEvent alias -> {
				this.aliased.add(alias.getAlias().getValue());
				add(new Alias(span(alias), alias.getAlias().getValue()));
			}
			case ScalarEvent scalar -> add(new Scalar(span(scalar), anchor(scalar), scalar.getTag().orElse(null),
					scalar.getValue(), scalar.getScalarStyle()));
			case CollectionStartEvent start -> open(start);
			case CollectionEndEvent end -> close(end);
			default -> {
				if (event.getEventId() == Event.ID.DocumentEnd) {
					this.documents.add(new YamlDocument(this.documents.size(), this.root, this.anchors, this.aliased));
				}
			}
		}
	}

	private void startDocument(DocumentStartEvent start) {
		if (this.documents.size() >= this.limits.maxDocuments()) {
			throw new ManifestRefusedException(Reason.TOO_MANY_DOCUMENTS,
					"more than %d documents".formatted(this.limits.maxDocuments()), line(start), column(start));
		}
		this.anchors = new HashMap<>();
		this.aliased = new HashSet<>();
		this.root = null;
	}

	private void open(CollectionStartEvent start) {
		if (this.frames.size() >= this.limits.maxDepth()) {
			throw new ManifestRefusedException(Reason.TOO_DEEP,
					"nested deeper than %d levels".formatted(this.limits.maxDepth()), line(start), column(start));
		}
		this.frames.push(new Frame(span(start), anchor(start), start.getTag().isPresent(), start.isFlow(),
				start instanceof MappingStartEvent, new ArrayList<>()));
	}

	private void close(CollectionEndEvent end) {
		Frame frame = this.frames.pop();
		Span start = frame.at();
		int stop = this.offsets.toUtf16(end.getEndMark().map(Mark::getIndex).orElse(0));
		Span at = new Span(start.start(), stop, start.line(), start.column());
		add(frame.mapping() ? new Mapping(at, frame.anchor(), frame.tagged(), frame.flow(), entries(frame.children()))
				: new Sequence(at, frame.anchor(), frame.tagged(), frame.flow(), frame.children()));
	}

	private static List<Entry> entries(List<YamlNode> children) {
		List<Entry> entries = new ArrayList<>(children.size() / 2);
		for (int i = 0; i + 1 < children.size(); i += 2) {
			entries.add(new Entry(children.get(i), children.get(i + 1)));
		}
		return entries;
	}

	private void add(YamlNode node) {
		if (++this.nodes > this.limits.maxNodes()) {
			throw new ManifestRefusedException(Reason.TOO_MANY_NODES,
					"more than %d nodes".formatted(this.limits.maxNodes()), node.at().line() + 1,
					node.at().column() + 1);
		}
		String anchor = node.anchor();
		if (anchor != null) {
			this.anchors.put(anchor, node);
		}
		Frame parent = this.frames.peek();
		if (parent != null) {
			parent.children().add(node);
		}
		else {
			this.root = node;
		}
	}

	private static @Nullable String anchor(NodeEvent event) {
		return event.getAnchor().map((anchor) -> anchor.getValue()).orElse(null);
	}

	private Span span(Event event) {
		Mark start = event.getStartMark().orElseThrow();
		Mark end = event.getEndMark().orElse(start);
		return new Span(this.offsets.toUtf16(start.getIndex()), this.offsets.toUtf16(end.getIndex()), start.getLine(),
				start.getColumn());
	}

	private static int line(Event event) {
		return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
	}

	private static int column(Event event) {
		return event.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
	}

	/** A collection that is still open. */
	private record Frame(Span at, @Nullable String anchor, boolean tagged, boolean flow, boolean mapping,
			List<YamlNode> children) {
	}

}
