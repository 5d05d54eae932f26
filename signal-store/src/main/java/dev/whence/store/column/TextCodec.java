package dev.whence.store.column;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
	public void encode(List<byte @Nullable []> values, ByteSink out) {
		Map<Bytes, Integer> templates = new LinkedHashMap<>();
		List<List<List<byte @Nullable []>>> words = new ArrayList<>();
		int[] templateOf = new int[values.size()];
		boolean worth = !values.isEmpty();
		for (int row = 0; row < templateOf.length && worth; row++) {
			byte[] value = Objects.requireNonNull(values.get(row));
			if (!Template.isPossible(value)) {
				worth = false;
				break;
			}
			Template template = Template.of(value);
			Integer known = templates.putIfAbsent(new Bytes(template.text()), templates.size());
			if (known == null) {
				List<List<byte @Nullable []>> columns = new ArrayList<>();
				template.words().forEach((_) -> columns.add(new ArrayList<>()));
				words.add(columns);
			}
			templateOf[row] = (known != null) ? known : templates.size() - 1;
			for (int hole = 0; hole < template.words().size(); hole++) {
				words.get(templateOf[row]).get(hole).add(template.words().get(hole));
			}
			worth = templates.size() <= Math.max(1, values.size() / USES);
		}
		if (!worth || words.stream().allMatch(List::isEmpty)) {
			out.put(WORDS);
			WordCodec.INSTANCE.encode(values, out);
			return;
		}
		out.put(TEMPLATES);
		out.putVarint(templates.size());
		templates.keySet().forEach((template) -> out.putValue(template.value()));
		if (templates.size() > 1) {
			for (int template : templateOf) {
				out.putVarint(template);
			}
		}
		for (List<List<byte @Nullable []>> columns : words) {
			for (List<byte @Nullable []> column : columns) {
				WordCodec.INSTANCE.encode(column, out);
			}
		}
	}

	@Override
	public Values decode(ByteSource in, int rows) {
		int form = in.get();
		return switch (form) {
			case WORDS -> WordCodec.INSTANCE.decode(in, rows);
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
				columns.add(WordCodec.INSTANCE.decode(in, uses[template]));
			}
			words.add(columns);
		}
		return (row) -> fill(templates.get(templateOf[row]), words.get(templateOf[row]), places[row]);
	}

	private static byte[] fill(byte[] template, List<Values> words, int place) {
		ByteSink text = new ByteSink(template.length + 16 * words.size());
		int hole = 0;
		for (byte one : template) {
			if (one == Template.HOLE) {
				text.put(Objects.requireNonNull(words.get(hole++).get(place)));
			}
			else {
				text.put(one);
			}
		}
		return text.toBytes();
	}

}
