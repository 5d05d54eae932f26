package dev.whence.store.rejected;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A record that was not stored, as far as it could be understood. Texts are cut to what a
 * person needs and freed of what PostgreSQL cannot store.
 *
 * @param receivedAt by the clock of the service that refused it
 * @param signalType {@code log}, {@code trace}, {@code metric}, {@code run}, or
 * {@code unknown}
 * @param message what is wrong, naming the field
 * @param serviceName where the record says so
 * @param signalId where the record says so
 * @param excerpt the beginning of the record
 */
public record RejectedRecord(Instant receivedAt, Transport transport, String signalType, RejectionReason reason,
		String message, @Nullable String serviceName, @Nullable String signalId, @Nullable String excerpt) {

	/** How much of a record is kept, in characters. */
	public static final int EXCERPT_LENGTH = 2048;

	private static final int MESSAGE_LENGTH = 1024;

	private static final int NAME_LENGTH = 256;

	private static final char REPLACEMENT = '\uFFFD';

	public RejectedRecord {
		message = tidy(message, MESSAGE_LENGTH);
		serviceName = (serviceName != null) ? tidy(serviceName, NAME_LENGTH) : null;
		signalId = (signalId != null) ? tidy(signalId, NAME_LENGTH) : null;
		excerpt = (excerpt != null) ? tidy(excerpt, EXCERPT_LENGTH) : null;
	}

	// Control characters go as well: excerpts of binary bodies are shown as text.
	private static String tidy(String text, int length) {
		StringBuilder tidy = new StringBuilder(Math.min(text.length(), length));
		for (int i = 0; i < text.length() && tidy.length() < length; i++) {
			char c = text.charAt(i);
			if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
				tidy.append(c).append(text.charAt(++i));
			}
			else if (Character.isSurrogate(c) || (Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r')) {
				tidy.append(REPLACEMENT);
			}
			else {
				tidy.append(c);
			}
		}
		return tidy.toString();
	}

}
