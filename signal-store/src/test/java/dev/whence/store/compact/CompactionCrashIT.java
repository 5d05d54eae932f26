package dev.whence.store.compact;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import dev.whence.model.Signal;
import dev.whence.store.SignalStoreIT;
import dev.whence.store.WriteOutcome;
import dev.whence.testkit.postgres.PostgresProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PostgreSQL is killed with all its processes while it closes hours, and while it closes
 * what came too late for them, and started again on what it left;
 * {@code -Dwhence.store.kills=30} does it thirty times.
 */
@SpringBootTest(classes = SignalStoreIT.Application.class, properties = "whence.signal-store.migrate=true")
class CompactionCrashIT {

	private static final int KILLS = Integer.getInteger("whence.store.kills", 5);

	private static final int SIGNALS = 2_000;

	/** About what closing them takes. */
	private static final int LONGEST_MILLIS = 600;

	private static final PostgresProcess POSTGRES = PostgresProcess.start();

	@Autowired
	BeanFactory beans;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", POSTGRES.database()::jdbcUrl);
		registry.add("spring.datasource.username", POSTGRES.database()::username);
		registry.add("spring.datasource.password", POSTGRES.database()::password);
	}

	@Test
	void aServerThatIsKilledWhileItClosesHoursLosesAndDoublesNothing() throws Exception {
		List<Signal> acknowledged = new ArrayList<>();
		int brokenHours = 0;
		int brokenLate = 0;
		try (ClosingBed bed = new ClosingBed(this.beans);
				ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int kill = 0; kill < KILLS; kill++) {
				List<Signal> some = ClosingBed.signals(kill, SIGNALS);
				boolean late = kill % 2 == 1;
				if (late) {
					// Without hours all that comes is late.
					bed.compactor().closeWhatIsOver();
				}
				else {
					bed.makeHours();
				}
				assertThat(bed.write(some)).containsOnly(WriteOutcome.STORED);
				acknowledged.addAll(some);
				assertThat(bed.lateRows()).isEqualTo(late ? SIGNALS : 0);
				Future<?> closing = executor.submit(() -> close(bed));
				Awaitility.await()
					.ignoreExceptions()
					.pollInterval(Duration.ofMillis(2))
					.until(() -> closing.isDone() || bed.isUnderWay());
				// The first of each kind is certain to be broken off.
				if (kill > 1) {
					Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS * kill / KILLS));
				}
				POSTGRES.killAll();
				POSTGRES.restart();
				closing.get();
				if (onceConnected(bed::openRows) > 0) {
					brokenHours += late ? 0 : 1;
					brokenLate += late ? 1 : 0;
				}
				assertThat(onceConnected(bed::all)).hasSize(acknowledged.size());
				assertThat(onceConnected(() -> bed.write(some))).as("sent again").containsOnly(WriteOutcome.DUPLICATE);
			}
			System.out.println("broken off: " + brokenHours + " times hours, " + brokenLate + " times late rows");
			assertThat(brokenHours).as("broken off while hours were closed").isPositive();
			assertThat(brokenLate).as("broken off while late rows were closed").isPositive();
			bed.compactor().closeWhatIsOver();
			assertThat(bed.openRows()).isZero();
			assertThat(bed.all()).isEqualTo(ClosingBed.ordered(acknowledged));
		}
	}

	private static void close(ClosingBed bed) {
		try {
			bed.compactor().closeWhatIsOver();
		}
		catch (DataAccessException _) {
			// Its server was killed.
		}
	}

	/** The pool finds out one by one which connections are dead. */
	private static <T> T onceConnected(Callable<T> question) {
		return Awaitility.await().ignoreExceptions().until(question, (_) -> true);
	}

}
