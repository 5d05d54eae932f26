package dev.whence.support.security;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TokenPropertiesTests {

	@Test
	void anIssuerAnAudienceAndASmallSkewAreNeeded() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TokenProperties(" ", "a", Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> new TokenProperties("i", "", Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> new TokenProperties("i", "a", Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new TokenProperties("i", "a", Duration.ofSeconds(61)));
	}

	@Test
	void anOutsideIssuerNeedsAnAudience() {
		URI issuer = URI.create("https://login.example.com/realms/main");
		assertThat(new OidcProperties(issuer, "whence").issuer()).isEqualTo(issuer);
		assertThat(new OidcProperties(URI.create(""), "").issuer()).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> new OidcProperties(issuer, " "));
		assertThatIllegalArgumentException().isThrownBy(() -> new OidcProperties(URI.create("login"), "whence"));
	}

}
