package dev.whence.support.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogBudgetTests {

	// Close to where the clock of a process may overflow.
	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(15).toNanos());

	private final LogBudget budget = new LogBudget(this.now::get);

	private final List<String> lines = new ArrayList<>();

	@Test
	void oneLinePerReasonAndTenSecondsTellsHowManyWereLeftOut() {
		spend("full", 3);
		pass(Duration.ofMillis(9_999));
		spend("full", 1);
		assertThat(this.lines).containsExactly("full 0");

		pass(Duration.ofMillis(1));
		spend("full", 2);
		pass(Duration.ofSeconds(10));
		spend("full", 1);
		pass(Duration.ofSeconds(30));
		spend("full", 1);
		assertThat(this.lines).containsExactly("full 0", "full 3", "full 1", "full 0");
	}

	@Test
	void reasonsDoNotSilenceEachOther() {
		spend("full", 1);
		spend("down", 1);

		assertThat(this.lines).containsExactly("full 0", "down 0");
	}

	@Test
	void reasonsWithoutEndShareOneLine() {
		for (int i = 0; i < 100_000; i++) {
			spend("made up " + i, 1);
		}

		assertThat(this.lines).hasSizeLessThan(300);
		pass(Duration.ofSeconds(10));
		spend("made up 100000", 1);
		assertThat(this.lines.getLast()).matches("made up 100000 9\\d{4}");
	}

	@Test
	void threadsThatComeTogetherWriteOneLine() {
		AtomicLong written = new AtomicLong();
		AtomicLong toldLeftOut = new AtomicLong();
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			for (int i = 0; i < 8_000; i++) {
				threads.execute(() -> this.budget.spend("full", (leftOut) -> written.incrementAndGet()));
			}
		}
		pass(Duration.ofSeconds(10));
		this.budget.spend("full", toldLeftOut::set);

		assertThat(written).hasValue(1);
		assertThat(toldLeftOut).hasValue(7_999);
	}

	private void spend(String reason, int times) {
		for (int i = 0; i < times; i++) {
			this.budget.spend(reason, (leftOut) -> this.lines.add(reason + " " + leftOut));
		}
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

}
