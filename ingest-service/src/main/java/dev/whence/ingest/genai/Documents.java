package dev.whence.ingest.genai;

import java.util.ArrayList;
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

	/** An attribute may say that it is the millionth. */
	private static final int MOST = 100_000;

	private static final List<String> IDS = List.of("id", "document.id", "document_id");

	private static final List<String> SCORES = List.of("score", "relevance_score", "document.score");

	private Documents() {
	}

	/** The documents under a key; null when there is no such list. */
	static @Nullable List<Document> at(Map<String, @Nullable Object> attributes, String key) {
		Object value = attributes.get(key);
		if (value instanceof String text && text.stripLeading().startsWith("[")) {
			value = parsed(text);
		}
		return (value instanceof List<?> list) ? ofList(list) : flattened(attributes, key + ".");
	}

	private static List<Document> ofList(List<?> list) {
		List<Document> documents = new ArrayList<>(list.size());
		for (int i = 0; i < list.size(); i++) {
			Object one = list.get(i);
			if (one instanceof String text && text.startsWith("{")) {
				one = parsed(text);
			}
			documents.add((one instanceof Map<?, ?> map) ? ofMap(map, i) : new Document(String.valueOf(one), null));
		}
		return documents;
	}

	private static Document ofMap(Map<?, ?> map, int place) {
		Map<?, ?> said = (map.get("document") instanceof Map<?, ?> inner && map.get("id") == null) ? inner : map;
		Object id = first(said, IDS);
		if (id == null) {
			// Rerankers name what they were given by its place.
			id = (map.get("index") != null) ? map.get("index") : place;
		}
		Object score = first(map, SCORES);
		return new Document(String.valueOf(id), (score instanceof Number number) ? number.doubleValue() : null);
	}

	private static @Nullable List<Document> flattened(Map<String, @Nullable Object> attributes, String prefix) {
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
				: places.entrySet().stream().map((e) -> ofMap(e.getValue(), e.getKey())).toList();
	}

	private static int place(String digits) {
		if (digits.isEmpty() || digits.length() > 6 || !digits.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			return -1;
		}
		int place = Integer.parseInt(digits);
		return (place < MOST) ? place : -1;
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
	 * One document.
	 *
	 * @param score what it was found or ranked by; null when nobody says
	 */
	record Document(String id, @Nullable Double score) {
	}

}
