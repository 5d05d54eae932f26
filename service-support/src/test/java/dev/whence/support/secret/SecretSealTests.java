package dev.whence.support.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SecretSealTests {

	private final SecretSeal seal = withKey(Base64.getEncoder().encodeToString(new byte[32]));

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
		SecretSeal keyless = withKey(null);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> keyless.seal("a secret", "channel:1"))
			.withMessageContaining("WHENCE_SOME_SECRET_KEY");
	}

	@Test
	void aKeyOfTheWrongFormStopsTheStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> withKey("c2hvcnQ=")).withMessageContaining("32 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> withKey("no Base64!"));
	}

	private static SecretSeal withKey(@Nullable String key) {
		return new SecretSeal(key, "whence.some.secret-key", "WHENCE_SOME_SECRET_KEY");
	}

}
