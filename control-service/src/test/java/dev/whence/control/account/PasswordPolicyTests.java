package dev.whence.control.account;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordPolicyTests {

	private static final EmailAddress EMAIL = new EmailAddress("somebody@example.com");

	private final PasswordPolicy policy = new PasswordPolicy();

	@ParameterizedTest
	@ValueSource(strings = { "ChangeMe123", "8letters", "correct horse battery", "пароль длинный",
			"\uD83D\uDD11\uD83D\uDD12\uD83D\uDD13\uD83D\uDD11\uD83D\uDD12\uD83D\uDD13\uD83D\uDD11\uD83D\uDD12" })
	void goodOnesAreTaken(String password) {
		assertThat(this.policy.objection(password, EMAIL)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "7letter", "\uD83D\uDD11\uD83D\uDD12\uD83D\uDD13", "Password1", "QWERTYUIOP",
			"aaaaaaaaaaaa", "abababababab", "somebody@example.com", "SomeBody" })
	void badOnesAreRefusedWithAReason(String password) {
		assertThat(this.policy.objection(password, EMAIL)).isPresent();
	}

	@Test
	void lengthIsCountedInCharactersAndBoundedInBytes() {
		assertThat(this.policy.objection("0123456789abcdef".repeat(8), EMAIL)).isEmpty();
		assertThat(this.policy.objection("0123456789abcdef".repeat(8) + "x", EMAIL)).isPresent();
	}

	@Test
	void whateverIsTakenStaysItselfThroughNormalisation() {
		Random random = new Random(7);
		for (int n = 0; n < 2000; n++) {
			String password = random.ints(12, 0x20, 0x2FFF)
				.filter(Character::isDefined)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
			String once = PasswordPolicy.normalised(password);
			assertThat(PasswordPolicy.normalised(once)).isEqualTo(once);
			assertThat(this.policy.objection(password, EMAIL)).isEqualTo(this.policy.objection(once, EMAIL));
		}
	}

}
