package dev.whence.support.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OutboundGuardTests {

	private final OutboundGuard guard = new OutboundGuard(List.of());

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
			"192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.8", "198.18.0.1", "224.0.0.1",
			"240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1",
			"::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1",
			"fec0::1", "2001:db8::1", "fd00:ec2::254", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:a9fe:a9fe::1",
			"::127.0.0.1", "::a9fe:a9fe", "::ffff:0:7f00:1" })
	void whatIsNotPublicCannotBeReached(String address) throws UnknownHostException {
		assertThat(this.guard.filter().matches(InetAddress.getByName(address))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.1.1.1", "172.32.0.1", "100.128.0.1", "93.184.216.34", "2606:4700::1111" })
	void whatIsPublicCanBeReached(String address) throws UnknownHostException {
		assertThat(this.guard.filter().matches(InetAddress.getByName(address))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://169.254.169.254/latest/meta-data/", "http://0x7f000001/", "http://127.1:6379/",
			"http://2130706433/", "http://0177.0.0.1/", "http://[::1]:9092/", "http://[::ffff:127.0.0.1]/",
			"http://localhost/", "http://LOCALHOST:8080/", "http://127.0.0.1./", "gopher://127.0.0.1:6379/_FLUSHALL",
			"http://good.example@127.0.0.1/", "http://10.0.0.1/", "ftp://127.0.0.1/", "file:///etc/passwd",
			"HTTP://LOCALHOST%2f@good.example/", "https://user:secret@example.org/", "http:///path", "http://",
			"https://example.org/#fragment", "not an address", "" })
	void aWantedAddressThatMayNotBeCalledIsRefused(String text) {
		assertThatExceptionOfType(RefusedAddressException.class).isThrownBy(() -> this.guard.parse(text));
	}

	@Test
	void aNameThatDoesNotResolveNowIsTaken() {
		assertThat(this.guard.parse("https://hooks.whence.invalid/x?y=1").getHost()).isEqualTo("hooks.whence.invalid");
	}

	@Test
	void allowedNetworksAreReachableAndNothingElse() throws UnknownHostException {
		OutboundGuard allowing = new OutboundGuard(List.of("10.20.0.0/16"));
		assertThat(allowing.parse("http://10.20.3.4:9093/hook")).isNotNull();
		assertThat(allowing.filter().matches(InetAddress.getByName("10.21.0.1"))).isFalse();
		assertThat(allowing.filter().matches(InetAddress.getByName("169.254.169.254"))).isFalse();
	}

}
