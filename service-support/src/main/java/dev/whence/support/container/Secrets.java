package dev.whence.support.container;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the secrets of an installation at its first start and hands each to its readers.
 * No secret has a default, and one that exists never changes by itself.
 * <ul>
 * <li>{@code FOLDER write FILE=TEXT...} writes each file, in whose text {@code {NAME}}
 * and {@code {NAME:base64}} stand for secrets. One that the folder does not have yet is
 * the value of the environment variable of its name or, without such a variable, random:
 * 24 bytes in hexadecimal, or 32 in Base64.
 * <li>{@code FOLDER show NAME} prints one.
 * </ul>
 * Repeating a command changes nothing. A secret is written whole or not at all, so that a
 * start that was cut short goes on where it ended.
 */
public final class Secrets {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Z][A-Z0-9_]*)(:base64)?}");

	private static final int HEX_BYTES = 24;

	/** What AES-256 needs: WHENCE_SECRET_KEY and WHENCE_NOTIFICATION_SECRET_KEY. */
	private static final int BASE64_BYTES = 32;

	private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("r--------");

	/**
	 * Readers have users of their own; what keeps others away is that only they mount the
	 * folder.
	 */
	private static final Set<PosixFilePermission> READERS = PosixFilePermissions.fromString("r--r--r--");

	private final Path folder;

	private final Map<String, String> environment;

	private final SecureRandom random = new SecureRandom();

	Secrets(Path folder, Map<String, String> environment) {
		this.folder = folder;
		this.environment = environment;
	}

	public static void main(String[] args) {
		System.exit(run(args, System.getenv(), System.out));
	}

	static int run(String[] args, Map<String, String> environment, PrintStream out) {
		if (args.length < 3 || !(args[1].equals("write") || (args[1].equals("show") && args.length == 3))) {
			out.println("usage: Secrets FOLDER write FILE=TEXT... | FOLDER show NAME");
			return 1;
		}
		Secrets secrets = new Secrets(Path.of(args[0]), environment);
		try {
			if (args[1].equals("show")) {
				out.println(Files.readString(secrets.file(args[2])));
				return 0;
			}
			for (int i = 2; i < args.length; i++) {
				secrets.write(args[i]);
			}
			return 0;
		}
		catch (IOException | UncheckedIOException | IllegalArgumentException ex) {
			// Never with the text of a file: it may hold a secret.
			out.println(ex.getMessage());
			return 1;
		}
	}

	private void write(String assignment) throws IOException {
		int equals = assignment.indexOf('=');
		if (equals <= 0) {
			throw new IllegalArgumentException("Each file is FILE=TEXT");
		}
		String text = PLACEHOLDER.matcher(assignment.substring(equals + 1)).replaceAll(this::value);
		writeWhole(Path.of(assignment.substring(0, equals)), text, READERS);
	}

	private String value(MatchResult placeholder) {
		String name = placeholder.group(1);
		try {
			Path file = file(name);
			if (!Files.exists(file)) {
				String given = this.environment.getOrDefault(name, "").strip();
				writeWhole(file, given.isEmpty() ? random(placeholder.group(2) != null) : given, OWNER);
			}
			return Matcher.quoteReplacement(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file(String name) {
		if (!name.matches("[A-Z][A-Z0-9_]*")) {
			throw new IllegalArgumentException("There is no secret '" + name + "'");
		}
		return this.folder.resolve(name);
	}

	private String random(boolean base64) {
		byte[] bytes = new byte[base64 ? BASE64_BYTES : HEX_BYTES];
		this.random.nextBytes(bytes);
		return base64 ? Base64.getEncoder().encodeToString(bytes) : HexFormat.of().formatHex(bytes);
	}

	private static void writeWhole(Path file, String text, Set<PosixFilePermission> permissions) throws IOException {
		Path draft = file.resolveSibling("." + file.getFileName());
		Files.deleteIfExists(draft);
		Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.writeString(draft, text);
		Files.setPosixFilePermissions(draft, permissions);
		Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
	}

}
