package dev.whence.support.environment;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A URL of a database or the like, taken apart by hand: java.net.URI knows neither
 * several hosts nor underscores in them, and quotes the whole text, password included,
 * when it does not understand it. No message of this class contains a part of the text.
 *
 * @param user decoded, empty when there is none
 * @param password decoded, empty when there is none
 * @param hosts each a host with its port, if it has one, as written
 * @param path with its slash; empty when there is none
 * @param query without its question mark; empty when there is none
 */
public record ConnectionUrl(String scheme, String user, String password, List<String> hosts, String path,
		String query) {

	private static final Pattern HOST = Pattern
		.compile("([A-Za-z0-9_]([-A-Za-z0-9_.]{0,252})|\\[[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9]+)?])(:\\d{1,5})?");

	private static final Pattern READABLE = Pattern.compile("(?:[!$&-.0-;=A-Z_a-z~]|%[0-9A-Fa-f]{2}|[^\\x00-\\x7F])*");

	private static final Pattern PATH = Pattern
		.compile("(?:/(?:[-!$&-+.0-9A-Z_a-z~]|%[0-9A-Fa-f]{2}|[^\\x00-\\x7F])*)*");

	private static final Pattern QUERY = Pattern.compile("(?:[A-Za-z][\\w.]*=[^&#]*(?:&|$))*");

	private static final String MEND = ": write special characters of the user and the password as %XX, "
			+ "such as %40 for @ and %2F for /";

	/**
	 * @param name of the variable or setting, for the message
	 * @throws IllegalArgumentException saying what is wrong and how to mend it
	 */
	public static ConnectionUrl parse(String name, String text) {
		int separator = text.indexOf("://");
		if (separator < 0) {
			throw new IllegalArgumentException(name + " is no URL with a scheme, such as scheme://host:port");
		}
		String rest = text.substring(separator + 3);
		int end = endOfAuthority(rest);
		String authority = rest.substring(0, end);
		int question = rest.indexOf('?', end);
		String path = rest.substring(end, (question >= 0) ? question : rest.length());
		String query = (question >= 0) ? rest.substring(question + 1) : "";
		int at = authority.lastIndexOf('@');
		String credentials = authority.substring(0, Math.max(at, 0));
		// A password with such a character ends somewhere else than it seems to.
		if (!READABLE.matcher(credentials).matches() || !PATH.matcher(path).matches()
				|| !QUERY.matcher(query).matches()) {
			throw new IllegalArgumentException(name + " cannot be read" + MEND);
		}
		int colon = credentials.indexOf(':');
		return new ConnectionUrl(text.substring(0, separator),
				decode((colon >= 0) ? credentials.substring(0, colon) : credentials),
				(colon >= 0) ? decode(credentials.substring(colon + 1)) : "", hosts(name, authority.substring(at + 1)),
				path, query);
	}

	private static int endOfAuthority(String rest) {
		for (int i = 0; i < rest.length(); i++) {
			if ("/?#".indexOf(rest.charAt(i)) >= 0) {
				return i;
			}
		}
		return rest.length();
	}

	static List<String> hosts(String name, String address) {
		List<String> hosts = new ArrayList<>();
		for (String host : address.split(",", -1)) {
			if (host.isEmpty() && address.isEmpty()) {
				return List.of();
			}
			if (!HOST.matcher(host).matches()) {
				throw new IllegalArgumentException(name + " has a host that cannot be read" + MEND);
			}
			hosts.add(host);
		}
		return List.copyOf(hosts);
	}

	static String decode(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	/** Leaves the password out: this value may be printed. */
	@Override
	public String toString() {
		return this.scheme + "://" + String.join(",", this.hosts) + this.path;
	}

}
