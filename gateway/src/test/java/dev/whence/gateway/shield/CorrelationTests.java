package dev.whence.gateway.shield;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class CorrelationTests {

	@Test
	void theTraceOfTheCallerIsNamed() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("X-Correlation-Id", "abc");
		headers.set("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

		assertThat(Correlation.from(headers)).isEqualTo(new Correlation("abc", "4bf92f3577b34da6a3ce929d0e0e4736"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "nonsense", "" })
	void aBrokenTraceIsIgnored(String traceparent) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("X-Correlation-Id", "abc");
		headers.set("traceparent", traceparent);

		assertThat(Correlation.from(headers).traceId()).isEqualTo("abc");
	}

	@Test
	void theFirstHarmlessIdWins() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("X-Correlation-Id", "x".repeat(65));
		headers.set("X-Request-Id", "req-1");

		assertThat(Correlation.from(headers).id()).isEqualTo("req-1");
	}

}
