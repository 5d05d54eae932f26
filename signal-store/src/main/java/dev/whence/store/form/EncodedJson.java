package dev.whence.store.form;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A map that is JSON text already. The store writes the text as it is; whoever looks into
 * the map pays for parsing it, once. Of equal keys the last one counts, as in JSON.
 */
public final class EncodedJson extends AbstractMap<String, @Nullable Object> {

	private final byte[] json;

	private volatile @Nullable Map<String, @Nullable Object> parsed;

	/**
	 * @param json one JSON object in UTF-8 that PostgreSQL can store: no NUL, no lone
	 * surrogate; not copied
	 */
	public EncodedJson(byte[] json) {
		this.json = json;
	}

	/**
	 * The same of which the content is known already.
	 * @param parsed what the text says
	 */
	public EncodedJson(byte[] json, Map<String, @Nullable Object> parsed) {
		this.json = json;
		this.parsed = Collections.unmodifiableMap(parsed);
	}

	/**
	 * Whether a text in it begins so, a key or a value, without parsing it.
	 * @param beginnings in UTF-8 as JSON has them, the quotation mark included
	 */
	public boolean mentions(byte[]... beginnings) {
		for (int i = 0; i < this.json.length; i++) {
			if (this.json[i] != '"') {
				continue;
			}
			for (byte[] beginning : beginnings) {
				int end = i + beginning.length;
				if (end <= this.json.length && Arrays.equals(this.json, i, end, beginning, 0, beginning.length)) {
					return true;
				}
			}
		}
		return false;
	}

	byte[] json() {
		return this.json;
	}

	@Override
	public boolean isEmpty() {
		return this.json.length <= 2;
	}

	@Override
	public Set<Entry<String, @Nullable Object>> entrySet() {
		return parsed().entrySet();
	}

	@Override
	public @Nullable Object get(@Nullable Object key) {
		return parsed().get(key);
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return parsed().containsKey(key);
	}

	// Two threads may both parse; they find the same.
	private Map<String, @Nullable Object> parsed() {
		Map<String, @Nullable Object> map = this.parsed;
		if (map == null) {
			map = Collections.unmodifiableMap(StoredJson.read(this.json));
			this.parsed = map;
		}
		return map;
	}

}
