package dev.whence.ingest.triage;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class StackTraceTests {

	@Test
	void javaFramesOfTheApplicationAreFoundBelowThoseOfLibraries() {
		assertThat(StackTrace.topFrame("""
				Payment failed
				org.example.DeclinedException: card expired
					at java.base/java.util.Optional.orElseThrow(Optional.java:403)
					at org.springframework.web.client.RestClient.exchange(RestClient.java:77)
					at shop//org.example.shop.Pay.lambda$charge$12(Pay.java:41)
					at org.example.shop.Desk.serve(Desk.java:9)
				Caused by: java.io.IOException
					at org.example.shop.Wire.send(Wire.java:3)
				""")).isEqualTo("org.example.shop.Pay.lambda$charge$");
	}

	@Test
	void pythonTellsTheInnermostFrameLast() {
		assertThat(StackTrace.topFrame("""
				Traceback (most recent call last):
				  File "/srv/app/shop/views.py", line 12, in checkout
				    charge(card)
				  File "/srv/app/shop/pay.py", line 88, in charge
				    gateway.post(card)
				  File "/usr/lib/python3.12/site-packages/requests/api.py", line 59, in post
				    raise ConnectionError
				ConnectionError: refused
				""")).isEqualTo("shop/pay.py:charge");
	}

	@Test
	void goPanicsNameTheFunctionAboveItsFile() {
		assertThat(StackTrace.topFrame("""
				panic: runtime error: index out of range

				goroutine 17 [running]:
				runtime.gopanic({0x4d1e20, 0xc000012345})
				\t/usr/local/go/src/runtime/panic.go:914 +0x21f
				shop.example/pay.(*Desk).Charge(0xc000012345, {0x1, 0x2})
				\t/build/pay/desk.go:42 +0x1d
				main.main()
				\t/build/main.go:10 +0x20
				""")).isEqualTo("shop.example/pay.(*Desk).Charge");
	}

	@Test
	void nodeFramesAreToldApartFromModulesAndTheRuntime() {
		assertThat(StackTrace.topFrame("""
				TypeError: Cannot read properties of undefined
				    at Socket.emit (node:events:517:28)
				    at parse (/app/node_modules/body/index.js:3:1)
				    at async Pay.charge (file:///app/src/pay.js:12:5)
				    at /app/src/server.js:4:2
				""")).isEqualTo("src/pay.js:Pay.charge");
		assertThat(StackTrace.topFrame("Error: x\n    at /app/src/server.js:4:2")).isEqualTo("src/server.js:");
	}

	@Test
	void dotNetFramesLeaveOutArgumentsAndFiles() {
		assertThat(StackTrace.topFrame("""
				System.InvalidOperationException: no
				   at System.Linq.ThrowHelper.ThrowNoElementsException()
				   at Shop.Pay.Charge(Order order) in /src/Pay.cs:line 12
				   at Shop.Program.Main(String[] args)
				""")).isEqualTo("Shop.Pay.Charge");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no trace at all", "at noon", "at (", "at ", "File \"",
			"  at java.util.List.of(List.java)", "at )", "File \"x", "\tx.go:", "f(\n\tx.go:1" })
	void whatIsNoFrameOfAnApplicationIsNone(String text) {
		assertThat(StackTrace.topFrame(text)).isIn("", "f");
	}

	@ParameterizedTest
	@ValueSource(strings = { "at ", "at a(", "File \"", "\n", "\tat x.go:", "a(b)\n\tz.go:1\n" })
	void noTextIsExpensive(String unit) {
		String text = unit.repeat(1_000_000 / unit.length());
		assertTimeoutPreemptively(Duration.ofSeconds(2), () -> StackTrace.topFrame(text));
	}

}
