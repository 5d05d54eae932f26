package dev.whence.control.build.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignatureTests {

	/** The example of GitHub's documentation. */
	private static final String DOCUMENTED = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

	@Test
	void theExampleOfTheDocumentationIsVerified() {
		Signature signature = new Signature("It's a Secret to Everybody");
		byte[] body = "Hello, World!".getBytes(StandardCharsets.UTF_8);
		assertThat(signature.verified(body, DOCUMENTED)).isPresent();
		assertThat(signature.verified(body, DOCUMENTED.toUpperCase(Locale.ROOT).replace("SHA256", "sha256")))
			.isPresent();
		assertThat(signature.verified("Hello, World?".getBytes(StandardCharsets.UTF_8), DOCUMENTED)).isEmpty();
		assertThat(new Signature("another secret").verified(body, DOCUMENTED)).isEmpty();
		assertThat(signature.verified(body, DOCUMENTED.substring(7))).isEmpty();
		assertThat(signature.verified(body, null)).isEmpty();
	}

}
