package dev.whence.ingest.genai;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists of documents as attributes have them: a list of ids or objects, the same as the
 * text of a JSON array, or flattened to keys such as
 * {@code retrieval.documents.3.document.id}.
 */
final class Documents {

	private static final JsonMapper JSON = new JsonMapper();

	/** Of a list that may have any length; how long it is, is known besides. */
	static final int MOST = 1_000;

	/** An attribute may say that it is the millionth. */
	private static final int LAST_PLACE = 100_000;

	private static final List<String> IDS = List.of("id", "document.id", "document_id");

	private static final List<String> SCORES = List.of("score", "relevance_score", "document.score");

	private Documents() {
	}

	/** The documents under a key; null when there is no such list. */
	static @Nullable Listing at(Map<String, @Nullable Object> attributes, String key) {
		Object value = attributes.get(key);
		if (value instanceof String text && text.stripLeading().startsWith("[")) {
			value = parsed(text);
		}
		return (value instanceof List<?> list) ? ofList(list) : flattened(attributes, key + ".");
	}

	private static Listing ofList(List<?> list) {
		List<Document> documents = list.stream().limit(MOST).map(Documents::document).toList();
		return new Listing(documents, list.size());
	}

	private static Document document(@Nullable Object one) {
		Object said = (one instanceof String text && text.startsWith("{")) ? parsed(text) : one;
		return switch (said) {
			case Map<?, ?> map -> ofMap(map);
			// Nothing but a score.
			case Number number when number.doubleValue() != Math.rint(number.doubleValue()) ->
				new Document(null, null, number.doubleValue());
			case null -> new Document(null, null, null);
			default -> new Document(String.valueOf(said), null, null);
		};
	}

	private static Document ofMap(Map<?, ?> map) {
		Map<?, ?> said = (map.get("document") instanceof Map<?, ?> inner && map.get("id") == null) ? inner : map;
		Object id = first(said, IDS);
		Object score = first(map, SCORES);
		return new Document((id != null) ? String.valueOf(id) : null,
				(map.get("index") instanceof Integer index) ? index : null,
				(score instanceof Number number) ? number.doubleValue() : null);
	}

	private static @Nullable Listing flattened(Map<String, @Nullable Object> attributes, String prefix) {
		Map<Integer, Map<String, @Nullable Object>> places = new TreeMap<>();
		attributes.forEach((key, value) -> {
			int dot = key.indexOf('.', prefix.length());
			if (key.startsWith(prefix) && dot > 0) {
				int place = place(key.substring(prefix.length(), dot));
				if (place >= 0) {
					places.computeIfAbsent(place, (_) -> new TreeMap<>()).put(key.substring(dot + 1), value);
				}
			}
		});
		return places.isEmpty() ? null
				: new Listing(places.values().stream().limit(MOST).map(Documents::ofMap).toList(), places.size());
	}

	private static int place(String digits) {
		if (digits.isEmpty() || digits.length() > 6 || !digits.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			return -1;
		}
		int place = Integer.parseInt(digits);
		return (place < LAST_PLACE) ? place : -1;
	}

	private static @Nullable Object first(Map<?, ?> map, List<String> keys) {
		return keys.stream().map(map::get).filter((value) -> value != null).findFirst().orElse(null);
	}

	private static @Nullable Object parsed(String text) {
		try {
			return JSON.readValue(text, Object.class);
		}
		catch (JacksonException _) {
			return null;
		}
	}

	/**
	 * A list, of which the beginning is kept.
	 *
	 * @param count how long it is
	 */
	record Listing(List<Document> documents, int count) {

		/** The same with names for what only says its place in what it was made from. */
		Listing resolved(@Nullable Listing given) {
			if (given == null) {
				return this;
			}
			return new Listing(this.documents.stream().map((one) -> one.resolved(given.documents)).toList(),
					this.count);
		}

		/** Whether each document can be told from the others. */
		boolean isNamed() {
			return this.documents.stream().allMatch((one) -> one.id() != null);
		}

	}

	/**
	 * One document.
	 *
	 * @param id null when nobody says
	 * @param index its place in the list that it was chosen from, from 0; rerankers name
	 * by it what they were given
	 * @param score what it was found or ranked by; null when nobody says
	 */
	record Document(@Nullable String id, @Nullable Integer index, @Nullable Double score) {

		private Document resolved(List<Document> given) {
			return (this.id == null && this.index != null && this.index >= 0 && this.index < given.size())
					? new Document(given.get(this.index).id, this.index, this.score) : this;
		}

	}

}
