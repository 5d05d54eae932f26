package dev.whence.support.drain;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DrainTests {

	@Test
	void whoHasNobodyToTakeOverLeavesAtOnce() {
		Drain drain = new Drain(Duration.ZERO);
		drain.start();
		CountDownLatch left = new CountDownLatch(1);
		drain.stop(left::countDown);
		assertThat(left.getCount()).isZero();
		assertThat(drain.isDraining()).isTrue();
		assertThat(drain.isRunning()).isFalse();
	}

	@Test
	void leavingIsKnownAtOnceAndTakesItsTime() throws InterruptedException {
		Drain drain = new Drain(Duration.ofMillis(300));
		drain.start();
		CountDownLatch left = new CountDownLatch(1);
		long begun = System.nanoTime();
		drain.stop(left::countDown);
		assertThat(drain.isDraining()).isTrue();
		assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(300_000_000);
	}

	@Test
	void answersKeepTheirConnectionUntilTheServiceLeaves() throws Exception {
		Drain drain = new Drain(Duration.ZERO);
		drain.start();
		assertThat(answer(drain, (_, _) -> {
		}).getHeader("Connection")).isNull();
		assertThat(answer(drain, (_, _) -> drain.stop()).getHeader("Connection")).isEqualTo("close");
		assertThat(answer(drain, (_, response) -> response.flushBuffer()).getHeader("Connection")).isEqualTo("close");
	}

	@Test
	void aTimeThatTheShutdownWouldCutShortIsRefused() {
		assertThat(new DrainProperties(Duration.ofSeconds(20)).time()).isEqualTo(Duration.ofSeconds(20));
		assertThatIllegalArgumentException().isThrownBy(() -> new DrainProperties(Duration.ofSeconds(21)))
			.withMessageContaining("21s");
		assertThatIllegalArgumentException().isThrownBy(() -> new DrainProperties(Duration.ofSeconds(-1)));
	}

	private static MockHttpServletResponse answer(Drain drain, FilterChain chain) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new LastAnswerFilter(drain).doFilter(new MockHttpServletRequest("GET", "/health"), response, chain);
		return response;
	}

}
