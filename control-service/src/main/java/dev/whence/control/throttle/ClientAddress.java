package dev.whence.control.throttle;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a request comes from. The gateway says it in a header that it takes from every
 * client; without a gateway it is the other end of the connection. Whoever reaches the
 * service past the gateway could claim any address, which is why nothing but the slowing
 * down of guesses depends on it, and that on the account as well.
 *
 * @param value an IP address as text
 */
public record ClientAddress(String value) {

	/** What the gateway sets. */
	static final String HEADER = "X-Internal-Client-Address";

	private static final Pattern FORM = Pattern.compile("[0-9A-Fa-f.:%a-z]{1,64}");

	public static ClientAddress of(HttpServletRequest request) {
		String told = request.getHeader(HEADER);
		return new ClientAddress(
				(told != null && FORM.matcher(told).matches()) ? told : String.valueOf(request.getRemoteAddr()));
	}

}
