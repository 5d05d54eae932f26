package dev.whence.ingest.rejected;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import dev.whence.model.ProjectId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RowBudgetTests {

	private static final ProjectId ONE = new ProjectId(1);

	private static final ProjectId TWO = new ProjectId(2);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-19T01:02:00Z"));

	private final RowBudget budget = new RowBudget(60, 80, this.now::get);

	@Test
	void aProjectGetsItsShareOfAMinute() {
		assertThat(this.budget.take(ONE, 50)).isEqualTo(50);
		assertThat(this.budget.take(ONE, 20)).isEqualTo(10);
		assertThat(this.budget.take(ONE, 20)).isZero();
	}

	@Test
	void allProjectsTogetherGetNoMoreThanTheTotal() {
		assertThat(this.budget.take(ONE, 60)).isEqualTo(60);
		assertThat(this.budget.take(TWO, 60)).isEqualTo(20);
		assertThat(this.budget.take(new ProjectId(3), 1)).isZero();
	}

	@Test
	void theNextMinuteBeginsAnew() {
		this.budget.take(ONE, 60);
		this.now.set(Instant.parse("2026-01-19T01:02:59.999Z"));
		assertThat(this.budget.take(ONE, 1)).isZero();
		this.now.set(Instant.parse("2026-01-19T01:03:00Z"));
		assertThat(this.budget.take(ONE, 100)).isEqualTo(60);
	}

}
