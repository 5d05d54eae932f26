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
		InetSocketAddress peer = request.getRemoteAddress();
		if (peer == null) {
			return "unknown";
		}
		String client = host(peer);
		if (!trusts(client)) {
			return client;
		}
		List<String> hops = request.getHeaders()
			.getOrEmpty("X-Forwarded-For")
			.stream()
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

	private boolean trusts(String host) {
		return this.trusted != null && this.trusted.matcher(host).matches();
	}

	private static String host(InetSocketAddress peer) {
		return (peer.getAddress() != null) ? peer.getAddress().getHostAddress() : peer.getHostString();
	}

}
