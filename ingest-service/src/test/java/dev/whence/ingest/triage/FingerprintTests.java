package dev.whence.ingest.triage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FingerprintTests {

	// Incidents are found again by it: this value may change only with the version.
	@Test
	void theFingerprintStaysTheSameFromReleaseToRelease() {
		assertThat(Fingerprint.of("payment", "log", "", "Payment * declined")).isEqualTo("c080e69a5cb3702c");
	}

	@Test
	void itIsSixteenHexadecimalDigits() {
		assertThat(Fingerprint.of("payment")).matches("[0-9a-f]{16}");
	}

	@Test
	void partsDoNotRunIntoEachOther() {
		assertThat(Fingerprint.of("ab", "c")).isNotEqualTo(Fingerprint.of("a", "bc"))
			.isNotEqualTo(Fingerprint.of("ab", "c", ""));
	}

}
