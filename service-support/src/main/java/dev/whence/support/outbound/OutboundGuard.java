package dev.whence.support.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Keeps outbound calls away from what is not public: loopback, link-local (cloud
 * metadata), private and carrier-grade NAT networks, multicast and whatever else the
 * registries of special-purpose addresses name, IPv4 written as IPv6 included. Networks
 * that the configuration allows are reachable all the same.
 * <p>
 * {@link #parse} checks a name when somebody enters it, for a prompt answer; what counts
 * is {@link #filter()}, which {@link OutboundClient} applies to the very addresses that
 * it connects to, so that a name that resolves differently later gains nothing.
 */
public final class OutboundGuard {

	/** What some resolvers read as an IPv4 address: 0x7f000001, 017700000001, 127.1. */
	private static final Pattern NUMERIC = Pattern.compile("(?i)([0-9a-z-]+\\.)*(0x[0-9a-f]*|[0-9]+)\\.?");

	private static final Pattern DOTTED_QUAD = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

	/**
	 * IPv4 within IPv6 beyond the forms that the registry of special-purpose addresses
	 * calls so: 6to4 (RFC 3056), Teredo (RFC 4380), IPv4-compatible and IPv4-translated
	 * addresses (RFC 4291, RFC 6052). Behind a gateway of that kind any of them may lead
	 * to a private IPv4 address, and nothing public is to be found at them alone.
	 */
	private static final String[] CARRIERS = { "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96" };

	private final InetAddressFilter filter;

	/**
	 * @param allowedNetworks what may be called although it is not public, each as CIDR
	 */
	public OutboundGuard(List<String> allowedNetworks) {
		InetAddressFilter external = InetAddressFilter.externalAddresses().andNot(CARRIERS);
		this.filter = allowedNetworks.isEmpty() ? external : external.or(allowedNetworks.toArray(String[]::new));
	}

	/** Which addresses may be connected to. */
	public InetAddressFilter filter() {
		return this.filter;
	}

	/**
	 * Reads an address that somebody wants to be called.
	 * @throws RefusedAddressException when it is none, or none that may be called
	 */
	public URI parse(String text) {
		URI uri = uri(text);
		String host = uri.getHost();
		if (host == null || !("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
			throw new RefusedAddressException("is not an http or https address");
		}
		if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
			throw new RefusedAddressException("must have neither a user nor a fragment");
		}
		if (NUMERIC.matcher(host).matches() && !DOTTED_QUAD.matcher(host).matches()) {
			throw new RefusedAddressException("has a host that is neither a name nor an address in its usual form");
		}
		// A name that does not resolve now may do so when it is called.
		if (resolve(host).filter((addresses) -> Arrays.stream(addresses).noneMatch(this.filter::matches)).isPresent()) {
			throw new RefusedAddressException("leads to an address that may not be called");
		}
		return uri;
	}

	private static URI uri(String text) {
		try {
			return new URI(text.strip());
		}
		catch (URISyntaxException _) {
			throw new RefusedAddressException("is not an http or https address");
		}
	}

	private static Optional<InetAddress[]> resolve(String host) {
		try {
			return Optional.of(InetAddress.getAllByName(host));
		}
		catch (UnknownHostException _) {
			return Optional.empty();
		}
	}

}
