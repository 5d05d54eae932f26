package dev.whence.control.account;

import dev.whence.control.account.AccountProperties.OpenRole;
import dev.whence.control.account.AccountProperties.Registration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordHashesTests {

	private final PasswordHashes hashes = new PasswordHashes(
			new AccountProperties(Registration.INVITATION, OpenRole.VIEWER, 1));

	@Test
	void hashIsArgon2idWithItsParametersAndASaltOfItsOwn() {
		String hash = this.hashes.hash("a fine passphrase");
		assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("passphrase");
		assertThat(this.hashes.hash("a fine passphrase")).isNotEqualTo(hash);
		assertThat(this.hashes.matches("a fine passphrase", hash)).isTrue();
		assertThat(this.hashes.matches("A fine passphrase", hash)).isFalse();
	}

	@Test
	void nobodysPasswordOpensNothing() {
		assertThat(this.hashes.matches("nobody's password", null)).isFalse();
		assertThat(this.hashes.matches("", null)).isFalse();
		assertThat(this.hashes.matches("x".repeat(100_000), this.hashes.hash("a fine passphrase"))).isFalse();
	}

}
