package dev.whence.store.column;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Texts that programs write: the few sentences they are made of, and what varies in them
 * sentence by sentence and place by place, so that like stands beside like.
 */
public final class TextCodec implements ColumnCodec {

	public static final TextCodec INSTANCE = new TextCodec();

	private static final int WORDS = 0;

	private static final int TEMPLATES = 1;

	/** A template is worth it when so many texts share one on average. */
	private static final int USES = 4;

	private TextCodec() {
	}

	@Override
	public void encode(List<byte @Nullable []> values, ByteSink out, Vocabulary vocabulary) {
		Distinct texts = Distinct.of(values);
		texts.values().forEach(vocabulary::text);
		encode(texts, out);
	}

	static void encode(Distinct texts, ByteSink out) {
		Distinct templates = new Distinct();
		// Of each different text.
		List<List<byte[]>> words = new ArrayList<>();
		int most = Math.max(1, texts.rows() / USES);
		boolean worth = texts.rows() > 0;
		boolean holes = false;
		for (byte[] text : texts.values()) {
			worth = worth && Template.isPossible(text);
			if (!worth) {
				break;
			}
			Template template = Template.of(text);
			templates.add(template.text());
			words.add(template.words());
			holes |= !template.words().isEmpty();
			worth = templates.values().size() <= most;
		}
		if (!worth || !holes) {
			out.put(WORDS);
			WordCodec.encode(texts, out);
			return;
		}
		out.put(TEMPLATES);
		out.putVarint(templates.values().size());
		templates.values().forEach(out::putValue);
		if (templates.values().size() > 1) {
			for (int row = 0; row < texts.rows(); row++) {
				out.putVarint(templates.placeOf(texts.placeOf(row)));
			}
		}
		for (List<Distinct> columns : columns(texts, templates, words)) {
			for (Distinct column : columns) {
				WordCodec.encode(column, out);
			}
		}
	}

	/** For each template and place in it the words of the rows that have it. */
	private static List<List<Distinct>> columns(Distinct texts, Distinct templates, List<List<byte[]>> words) {
		List<List<Distinct>> columns = new ArrayList<>();
		for (byte[] template : templates.values()) {
			columns.add(Stream.generate(Distinct::new).limit(Template.holes(template)).toList());
		}
		for (int row = 0; row < texts.rows(); row++) {
			int text = texts.placeOf(row);
			List<Distinct> holes = columns.get(templates.placeOf(text));
			for (int hole = 0; hole < holes.size(); hole++) {
				holes.get(hole).add(words.get(text).get(hole));
			}
		}
		return columns;
	}

	@Override
	public Values decode(ByteSource in, int rows) {
		int form = in.get();
		return switch (form) {
			case WORDS -> WordCodec.decode(in, rows);
			case TEMPLATES -> templates(in, rows);
			default -> throw new DamagedColumnException("no form of texts is " + form);
		};
	}

	private static Values templates(ByteSource in, int rows) {
		List<byte[]> templates = new ArrayList<>();
		int size = in.getCount();
		for (int i = 0; i < size; i++) {
			templates.add(in.getValue());
		}
		int[] templateOf = new int[rows];
		// Of the rows with one template, the how manieth a row is.
		int[] places = new int[rows];
		int[] uses = new int[size];
		for (int row = 0; row < rows; row++) {
			templateOf[row] = (size > 1) ? in.getCount() : 0;
			if (templateOf[row] >= size) {
				throw new DamagedColumnException("there is no template " + templateOf[row] + " of " + size);
			}
			places[row] = uses[templateOf[row]]++;
		}
		List<List<Values>> words = new ArrayList<>();
		for (int template = 0; template < size; template++) {
			List<Values> columns = new ArrayList<>();
			int holes = Template.holes(templates.get(template));
			for (int hole = 0; hole < holes; hole++) {
				columns.add(WordCodec.decode(in, uses[template]));
			}
			words.add(columns);
		}
		return (PutValues) (row, out) -> fill(templates.get(templateOf[row]), words.get(templateOf[row]), places[row],
				out);
	}

	private static void fill(byte[] template, List<Values> words, int place, ByteSink out) {
		int hole = 0;
		int from = 0;
		for (int i = 0; i < template.length; i++) {
			if (template[i] == Template.HOLE) {
				out.put(template, from, i - from);
				words.get(hole++).put(place, out);
				from = i + 1;
			}
		}
		out.put(template, from, template.length - from);
	}

}
