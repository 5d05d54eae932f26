package dev.whence.gateway.shield;

/**
 * The headers by which a client could pretend to be somebody else, or to be somewhere
 * else.
 */
public final class ClaimedHeaders {

	private static final String[] IDENTITY = { "x-user-", "x-tenant-", "x-project-", "x-internal-", "x-supabase-",
			"x-original-url", "x-rewrite-url" };

	private static final String[] ORIGIN = { "forwarded", "x-forwarded-", "x-real-ip" };

	private ClaimedHeaders() {
	}

	/**
	 * Whether nobody may see this header behind the gateway.
	 * @param trusted whether it comes from a proxy that may say where a client is
	 */
	public static boolean isForbidden(CharSequence name, boolean trusted) {
		// Most names are done with here.
		char first = name.isEmpty() ? ' ' : name.charAt(0);
		return switch (first) {
			case 'x', 'X', 'f', 'F' ->
				startsWithAny(name.toString(), IDENTITY) || !trusted && startsWithAny(name.toString(), ORIGIN);
			default -> false;
		};
	}

	private static boolean startsWithAny(String name, String[] prefixes) {
		for (String prefix : prefixes) {
			if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
				return true;
			}
		}
		return false;
	}

}
