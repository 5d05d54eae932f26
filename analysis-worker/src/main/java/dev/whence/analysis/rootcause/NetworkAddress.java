package dev.whence.analysis.rootcause;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names that a client gave to what it called, because nobody told it a better one: an IP
 * address, a host of a domain, a host with a port, or what a tracer marks as remote.
 */
final class NetworkAddress {

	private static final Pattern ADDRESS = Pattern
		.compile("(^|[@/])\\d{1,3}(\\.\\d{1,3}){3}\\b|\\[?[0-9a-f]*(:[0-9a-f]{0,4}){3,}"
				+ "|[a-z0-9-]+(\\.[a-z0-9-]+)+\\.[a-z]{2,}\\b|:\\d{2,5}$|_remote$");

	private NetworkAddress() {
	}

	static boolean matches(String name) {
		return ADDRESS.matcher(name.toLowerCase(Locale.ROOT)).find();
	}

}
