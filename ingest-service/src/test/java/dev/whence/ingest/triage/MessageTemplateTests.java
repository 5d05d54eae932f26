package dev.whence.ingest.triage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MessageTemplateTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Order 4711 failed after 31.5 ms|Order * failed after * ms
			Order 0190a1b2-7e1f-7c5d-9d8e-0123456789ab failed|Order * failed
			trace deadbeefcafebabe lost|trace * lost
			pointer 0x7fFe is null|pointer * is null
			No item "blue shoes" in 'cart of ada'|No item * in *
			GET https://shop.example/cart?id=7 refused|GET * refused
			host node-17.eu-west is down|host * is down
			Payment declined by issuer|Payment declined by issuer
			""")
	void whatVariesIsMasked(String message, String template) {
		assertThat(MessageTemplate.of(message)).isEqualTo(template);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "\n\n" })
	void aMessageThatSaysNothingHasAnEmptyTemplate(String message) {
		assertThat(MessageTemplate.of(message)).isBlank();
	}

	@Test
	void onlyTheFirstLineThatSaysSomethingCounts() {
		assertThat(MessageTemplate.of("\nTraceback:\n  at line 12")).isEqualTo("Traceback:");
	}

	@Test
	void maskingAgainChangesNothing() {
		String template = MessageTemplate.of("Order 4711 of \"ada\" failed at 10.0.0.7:8080");
		assertThat(MessageTemplate.of(template)).isEqualTo(template);
	}

}
