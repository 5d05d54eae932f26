package dev.whence.instrumenter.language;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An image reference taken apart.
 *
 * @param path the repository's parts without registry and without {@code library}
 * @param tag without the digest; empty if there is none
 */
record ImageName(List<String> path, String tag) {

	private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?}}|\\$\\{[^}]*}|\\$\\([^)]*\\)");

	static ImageName parse(String reference) {
		// What a template will put there is not known; its expression must not speak.
		String text = TEMPLATE.matcher(reference).replaceAll("").toLowerCase(Locale.ROOT).strip();
		int scheme = text.indexOf("://");
		if (scheme >= 0) {
			text = text.substring(scheme + 3);
		}
		int digest = text.indexOf('@');
		if (digest >= 0) {
			text = text.substring(0, digest);
		}
		int slash = text.lastIndexOf('/');
		int colon = text.indexOf(':', slash + 1);
		String tag = (colon >= 0) ? text.substring(colon + 1) : "";
		String repository = (colon >= 0) ? text.substring(0, colon) : text;
		List<String> parts = List.of(repository.split("/"));
		if (parts.size() > 1 && isRegistry(parts.getFirst())) {
			parts = parts.subList(1, parts.size());
		}
		if (parts.size() > 1 && parts.getFirst().equals("library")) {
			parts = parts.subList(1, parts.size());
		}
		return new ImageName(parts, tag);
	}

	/** The last part of the path. */
	String base() {
		return this.path.getLast();
	}

	private static boolean isRegistry(String part) {
		return part.contains(".") || part.contains(":") || part.equals("localhost");
	}

}
