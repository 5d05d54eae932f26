package dev.whence.control.account;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Which passwords are taken: long enough, not among those that guessers try first, and
 * not the account's own name. No rules about kinds of characters and no expiry, which
 * make passwords worse (NIST SP 800-63B, section 3.1.1.2).
 */
@Component
class PasswordPolicy {

	/** Clients of the original service register with eleven characters. */
	private static final int SHORTEST = 8;

	private static final int LONGEST = 128;

	/** Of the hash's input, whatever the characters are. */
	private static final int MOST_BYTES = 512;

	private final Set<String> common = read();

	/** What is wrong with the password; empty if nothing is. */
	Optional<String> objection(String password, EmailAddress email) {
		String normal = normalised(password);
		int length = normal.codePointCount(0, normal.length());
		String lower = normal.toLowerCase(Locale.ROOT);
		String name = email.value().toLowerCase(Locale.ROOT);
		if (length < SHORTEST) {
			return Optional.of("needs at least " + SHORTEST + " characters");
		}
		if (length > LONGEST || normal.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
			return Optional.of("has at most " + LONGEST + " characters");
		}
		if (this.common.contains(lower) || lower.chars().distinct().count() < 3) {
			return Optional.of("is one of those that are guessed first");
		}
		if (lower.equals(name) || lower.equals(name.substring(0, name.indexOf('@')))) {
			return Optional.of("is the name of the account");
		}
		return Optional.empty();
	}

	/** One spelling of each character, so that it does not depend on the keyboard. */
	static String normalised(String password) {
		return Normalizer.normalize(password, Normalizer.Form.NFC);
	}

	private static Set<String> read() {
		try (InputStream list = new ClassPathResource("common-passwords.txt", PasswordPolicy.class).getInputStream()) {
			return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.collect(Collectors.toUnmodifiableSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
