package dev.whence.xray;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunClockTests {

	private final AtomicLong nanos = new AtomicLong(-5);

	private final RunClock clock = new RunClock(Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC),
			this.nanos::get);

	@Test
	void goesOnByTheMonotonicClock() {
		assertThat(this.clock.now()).isEqualTo("2026-03-01T10:00:00.000000+00:00");
		this.nanos.addAndGet(1_500_000_999);
		assertThat(this.clock.now()).isEqualTo("2026-03-01T10:00:01.500000+00:00");
	}

	@Test
	void neverTellsTheSameTimeTwice() {
		assertThat(this.clock.now()).isLessThan(this.clock.now()).endsWith("0.000000+00:00");
		assertThat(this.clock.now()).endsWith("0.000002+00:00");
	}

}
