package dev.whence.gateway.shield;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/** Decides whose word about the client's address counts. */
public final class TrustedProxies {

	private final @Nullable Pattern trusted;

	TrustedProxies(@Nullable Pattern trusted) {
		this.trusted = (trusted == null || trusted.pattern().isBlank()) ? null : trusted;
	}

	boolean trusts(@Nullable InetSocketAddress peer) {
		return peer != null && trusts(host(peer));
	}

	/**
	 * The address a request comes from: the peer's, or, where the peer is a trusted
	 * proxy, the last one in {@code X-Forwarded-For} that is not.
	 */
	public String clientOf(ServerHttpRequest request) {
		return clientOf(request.getRemoteAddress(), request.getHeaders().getOrEmpty("X-Forwarded-For"));
	}

	/**
	 * The same of something that is no request yet.
	 * @param forwardedFor the values of {@code X-Forwarded-For}
	 */
	public String clientOf(@Nullable InetSocketAddress peer, List<String> forwardedFor) {
		String client = host(peer);
		if (!trusts(client)) {
			return client;
		}
		List<String> hops = forwardedFor.stream()
			.flatMap((value) -> List.of(value.split(",")).stream())
			.map(String::strip)
			.filter((hop) -> !hop.isEmpty())
			.toList();
		for (String hop : hops.reversed()) {
			client = hop;
			if (!trusts(hop)) {
				break;
			}
		}
		return client;
	}

	/** Whether this is the address of a trusted proxy. */
	public boolean trusts(String host) {
		return this.trusted != null && this.trusted.matcher(host).matches();
	}

	/** The address of a peer without its port. */
	public static String host(@Nullable InetSocketAddress peer) {
		if (peer == null) {
			return "unknown";
		}
		return (peer.getAddress() != null) ? peer.getAddress().getHostAddress() : peer.getHostString();
	}

}
