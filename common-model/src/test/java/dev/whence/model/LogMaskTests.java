package dev.whence.model;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class LogMaskTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			Order 4711 failed after 31.5 ms|Order <*> failed after <*>
			Order 0190a1b2-7e1f-7c5d-9d8e-0123456789ab failed|Order <*> failed
			trace deadbeefcafebabe lost|trace <*> lost
			pointer 0x7fFe is null|pointer <*> is null
			No item "blue shoes" in 'cart of ada'|No item <*> in <*>
			GET https://shop.example/cart?id=7 refused|GET <*> refused
			GET /cart HTTP/1.1 refused|GET <*> refused
			host node-17.eu-west is down|host <*> is down
			host db.prod.example is down|host <*> is down
			Payment declined by issuer|Payment declined by issuer
			can't open ledger, won't retry|can't open ledger, won't retry
			read 5 bytes, 1 second|read <*>
			12 MB (12582912) of 99%|<*> of <*>
			lifetime <1 sec|lifetime <*>
			<34>1 started|<<*>><*> started
			peers 10.0.0.1:80, 10.0.0.2:80|peers <*>
			at 2026-03-01T10:00:00.123Z on Mon, Mar 2 2026|at <*> on <*>
			from fe80::1 and [2001:db8::beef]:443 and 52:54:00:ab:cd:ef|from <*> and [<*>]:<*> and <*>
			open /var/lib/x and C:\\Temp\\x.txt|open <*> and <*>
			java.io.IOException: closed|java.io.IOException: closed
			read/write and application/json|read/write and application/json
			depth.........4 of === x ===|depth.........<*> of === x ===
			level=info msg="user is late" user=ada ok=true|level=info msg="user is late" user=<*> ok=<*>
			{"msg":"user is late","user":"ada","n":4}|{"msg": "user is late", "user": <*>, "n": <*>}
			done: true, was: null|done: <*>, was: <*>
			mail to ada@example.org sent|mail to <*> sent
			订单4711失败|订单<*>失败
			Größe 5 überschritten|Größe <*> überschritten
			""")
	void whatVariesByItsFormIsMasked(String message, String masked) {
		assertThat(LogMask.of(message)).isEqualTo(masked);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "\n\n", "\t\r\n" })
	void aMessageThatSaysNothingIsEmpty(String message) {
		assertThat(LogMask.of(message)).isEmpty();
	}

	@Test
	void onlyTheFirstLineThatSaysSomethingCounts() {
		assertThat(LogMask.of("\nPanic:\n  at line 12")).isEqualTo("Panic:");
	}

	@Test
	void aTracebackIsNamedByItsException() {
		assertThat(LogMask.of("Traceback (most recent call last):\n  File \"x.py\", line 1\nKeyError: no stock\n"))
			.isEqualTo("KeyError: no stock");
	}

	// Ids and fingerprints are stored: they may change only with the version.
	@Test
	void theIdStaysTheSameFromReleaseToRelease() {
		assertThat(LogMask.VERSION).isEqualTo(1);
		assertThat(LogMask.id("Order <*> failed")).matches("[0-9a-f]{16}").isEqualTo(LogMask.id("Order <*> failed"));
		assertThat(LogMask.id("Order <*> failed")).isNotEqualTo(LogMask.id("Order <*> lost"));
	}

	@Test
	void maskingAgainChangesNothing() {
		String[] parts = { "Order", "4711", "failed", "\"", "'", " ", " ", " ", "=", ":", "/", "-", ".", ",", "(", ")",
				"[", "]", "<", ">", "<*>", "ms", "s", "Jan", "Mon", "a", "ada", "user", "for", "GET", "://", "::", "be",
				"0x1f", "true", "null", "{", "}", "\\", "@", "..", "deadbeef", "?", "db.x.example", "名", "é",
				"\uD83D\uDE00", "%", "msg", "bytes", ";", "|" };
		Random random = new Random(7);
		for (int i = 0; i < 200_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int part = random.nextInt(14); part >= 0; part--) {
				text.append(parts[random.nextInt(parts.length)]);
			}
			String masked = LogMask.of(text.toString());
			assertThat(LogMask.of(masked)).as(text.toString()).isEqualTo(masked);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "a.", "a@", "1", "1 ", "'", " 'x", "\"", " \"x", "<*>", "(", "1 (", "1)", "[1] ", ":",
			"a:", "::", "=", "a=", "{\"a\":", "a=b ", "/", "/a", "\\", "\\\"", "Jan ", "1 s", "GET /", "-", "...", "名",
			"\uD83D" })
	void noMessageIsExpensiveToMask(String unit) {
		String text = unit.repeat(1_000_000 / unit.length());
		assertTimeoutPreemptively(Duration.ofSeconds(1), () -> LogMask.of(text));
		assertThat(LogMask.of(text).length()).isLessThanOrEqualTo(3 * LogMask.LONGEST);
		assertTimeoutPreemptively(Duration.ofSeconds(1), () -> LogMask.of("{" + text + "}"));
	}

}
