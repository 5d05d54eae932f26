package dev.whence.analysis.notification.channel;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.analysis.notification.Told;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SecretSealTests {

	private final SecretSeal seal = new SecretSeal(Told.properties());

	@Test
	void whatIsSealedCanBeOpenedAndNotRead() {
		byte[] sealed = this.seal.seal("a secret", "channel:1");
		assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
		assertThat(this.seal.open(sealed, "channel:1")).isEqualTo("a secret");
	}

	@Test
	void theSameSecretLooksDifferentEveryTime() {
		assertThat(this.seal.seal("a secret", "channel:1")).isNotEqualTo(this.seal.seal("a secret", "channel:1"));
	}

	@Test
	void aSealThatWasChangedOrMovedIsNotOpened() {
		byte[] sealed = this.seal.seal("a secret", "channel:1");
		assertThatIllegalStateException().isThrownBy(() -> this.seal.open(sealed, "channel:2"));
		sealed[sealed.length - 1] ^= 1;
		assertThatIllegalStateException().isThrownBy(() -> this.seal.open(sealed, "channel:1"));
		assertThatIllegalStateException().isThrownBy(() -> this.seal.open(new byte[0], "channel:1"));
	}

	@Test
	void withoutAKeyNothingIsSealedAndTheReaderIsToldWhatToSet() {
		SecretSeal keyless = new SecretSeal(withKey(null));
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> keyless.seal("a secret", "channel:1"))
			.withMessageContaining("WHENCE_NOTIFICATION_SECRET_KEY");
	}

	@Test
	void aKeyOfTheWrongFormStopsTheStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SecretSeal(withKey("c2hvcnQ=")))
			.withMessageContaining("32 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> new SecretSeal(withKey("no Base64!")));
	}

	private static NotificationProperties withKey(@Nullable String key) {
		Duration any = Duration.ofSeconds(1);
		return new NotificationProperties(URI.create("http://localhost"), key, List.of(),
				URI.create("http://localhost"), "a@b", any, any, any, any, any, any, any);
	}

}
