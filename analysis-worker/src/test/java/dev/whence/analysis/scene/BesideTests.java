package dev.whence.analysis.scene;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BesideTests {

	@Test
	void twoWorksGoOnAtTheSameTime() {
		CountDownLatch both = new CountDownLatch(2);
		try (Beside beside = new Beside()) {
			Supplier<Boolean> one = beside.begin(() -> meet(both));
			Supplier<Boolean> other = beside.begin(() -> meet(both));
			assertThat(one.get()).isTrue();
			assertThat(other.get()).isTrue();
		}
	}

	@Test
	void whatFailsFailsWhereItsResultIsAskedForAsItFailed() {
		try (Beside beside = new Beside()) {
			Supplier<String> failing = beside.begin(() -> {
				throw new TransientDataAccessResourceException("the database is away");
			});
			assertThatThrownBy(failing::get).isExactlyInstanceOf(TransientDataAccessResourceException.class);
		}
	}

	@Test
	void whatNobodyWaitsForAnyMoreIsGivenUp() {
		AtomicBoolean givenUp = new AtomicBoolean();
		CountDownLatch begun = new CountDownLatch(1);
		assertThatThrownBy(() -> {
			try (Beside beside = new Beside()) {
				beside.begin(() -> {
					begun.countDown();
					try {
						return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
					}
					catch (InterruptedException ex) {
						givenUp.set(true);
						throw ex;
					}
				});
				begun.await();
				throw new IllegalArgumentException("the owner fails");
			}
		}).isInstanceOf(IllegalArgumentException.class);
		assertThat(givenUp).isTrue();
	}

	private static boolean meet(CountDownLatch all) throws InterruptedException {
		all.countDown();
		return all.await(1, TimeUnit.MINUTES);
	}

}
