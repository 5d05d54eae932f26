package dev.whence.gateway.shield;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HostGuardTests {

	private final HostGuard guard = open();

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:8080", "LOCALHOST", "localhost.", "app.localhost:80", "127.0.0.1",
			"127.1.2.3:4318", "[::1]", "[::1]:8080", "[::ffff:127.0.0.1]:8080" })
	void loopbackIsServedByWhateverNameItGoes(String host) {
		assertThat(this.guard.allows(host)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
			"evil.example#localhost", "notlocalhost", "0.0.0.0", "10.0.0.1", "[::]", "[fe80::1]", "1270.0.0.1", "",
			"localhost:8080:8080", "localhost@evil.example" })
	void everyOtherNameIsRefused(String host) {
		assertThat(this.guard.allows(host)).isFalse();
	}

	@Test
	void whoSendsNoHostIsNoBrowser() {
		assertThat(this.guard.allows(null)).isTrue();
	}

	@Test
	void configuredNamesAreServedOnEveryPort() {
		HostGuard named = open("Dev.Box.example", " build ");
		assertThat(named.allows("dev.box.example:9000")).isTrue();
		assertThat(named.allows("build")).isTrue();
		assertThat(named.allows("localhost")).isTrue();
		assertThat(named.allows("other.example")).isFalse();
	}

	@Test
	void aStarServesAll() {
		assertThat(open("*").allows("evil.example")).isTrue();
	}

	@Test
	void whereCredentialsAreAskedForTheNameDoesNotMatter() {
		assertThat(new HostGuard(new SecurityMode(SecurityMode.Mode.REQUIRED, List.of(), List.of()))
			.allows("whence.example.com")).isTrue();
	}

	private static HostGuard open(String... hosts) {
		return new HostGuard(new SecurityMode(SecurityMode.Mode.OPEN, List.of(), List.of(hosts)));
	}

}
