package dev.whence.analysis.alert;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * The fingerprint that Prometheus gives to a set of labels: 64-bit FNV-1a over the sorted
 * names and values, each followed by a byte that no UTF-8 text contains. The same as
 * Alertmanager shows, so that a person can search for it in both.
 */
final class LabelFingerprint {

	/** Offset basis and prime of 64-bit FNV. */
	private static final long OFFSET = 0xcbf29ce484222325L;

	private static final long PRIME = 0x100000001b3L;

	private static final int SEPARATOR = 0xff;

	private LabelFingerprint() {
	}

	static String of(SortedMap<String, String> labels) {
		long hash = OFFSET;
		for (var label : labels.entrySet()) {
			hash = add(add(hash, label.getKey()), label.getValue());
		}
		return HexFormat.of().toHexDigits(hash);
	}

	private static long add(long hash, String text) {
		long sum = hash;
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			sum = (sum ^ (octet & 0xff)) * PRIME;
		}
		return (sum ^ SEPARATOR) * PRIME;
	}

}
