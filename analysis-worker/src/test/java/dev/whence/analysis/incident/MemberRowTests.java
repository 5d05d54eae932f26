package dev.whence.analysis.incident;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MemberRowTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			cart | Payment declined       | cart: Payment declined
			cart | cart: latency is high  | cart: latency is high
			cart | cart operation failed  | cart operation failed
			cart | cart                   | cart
			cart | cartridge is empty     | cart: cartridge is empty
			''   | NodeDown               | NodeDown
			""", delimiter = '|', quoteCharacter = '\'')
	void anIncidentIsNamedAfterItsServiceOnce(String service, String title, String headline) {
		assertThat(MemberRow.headline(service, title)).isEqualTo(headline);
	}

}
