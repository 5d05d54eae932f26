package dev.whence.gateway.shield;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

class TrustedProxiesTests {

	private final TrustedProxies proxies = new TrustedProxies(Pattern.compile("10\\.0\\.0\\.\\d+"));

	@Test
	void anUntrustedPeerIsTheClientWhateverItSays() {
		assertThat(this.proxies.clientOf(request("192.0.2.7", "198.51.100.1"))).isEqualTo("192.0.2.7");
	}

	@Test
	void theLastUntrustedHopIsTheClient() {
		assertThat(this.proxies.clientOf(request("10.0.0.2", "203.0.113.9, 198.51.100.1, 10.0.0.1")))
			.isEqualTo("198.51.100.1");
	}

	@Test
	void aTrustedPeerWithoutHopsIsTheClient() {
		assertThat(this.proxies.clientOf(request("10.0.0.2", ""))).isEqualTo("10.0.0.2");
	}

	@Test
	void nobodyIsTrustedByDefault() {
		assertThat(new TrustedProxies(null).clientOf(request("10.0.0.2", "198.51.100.1"))).isEqualTo("10.0.0.2");
	}

	private static MockServerHttpRequest request(String peer, String forwardedFor) {
		return MockServerHttpRequest.get("/")
			.remoteAddress(new InetSocketAddress(peer, 1234))
			.header("X-Forwarded-For", forwardedFor)
			.build();
	}

}
