package dev.whence.instrumenter.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.whence.model.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Bodies that do not fit beside each other wait for room, and not for ever. */
class ManifestBodiesTests {

	private static final int SIZE = 256 * 1024;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@Test
	void crowdIsWorkedOnOneAfterTheOtherWithinTheShareOfTheHeap() throws Exception {
		ManifestBodies bodies = bodies(2.5, Duration.ofSeconds(30));
		try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Double>> running = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				running.add(pool.submit(() -> bodies.read(request(), SIZE, (body) -> held())));
			}
			for (Future<Double> one : running) {
				assertThat(one.get()).isBetween((double) SIZE, 2.5 * SIZE);
			}
		}
		assertThat(held()).isZero();
		bodies.stop();
	}

	@Test
	void whoFindsNoRoomInTimeIsAskedToComeBack() throws Exception {
		ManifestBodies bodies = bodies(1.5, Duration.ofMillis(50));
		CountDownLatch reading = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Boolean> first = pool.submit(() -> bodies.read(request(), SIZE, (body) -> {
				reading.countDown();
				return awaited(done);
			}));
			reading.await();
			assertThatExceptionOfType(ProblemException.class)
				.isThrownBy(() -> bodies.read(request(), SIZE, (body) -> body))
				.withMessageContaining("at once");
			done.countDown();
			assertThat(first.get()).isTrue();
		}
		assertThat(bodies.<Integer>read(request(), SIZE, (body) -> body.length)).isEqualTo(SIZE);
		bodies.stop();
	}

	@Test
	void bodyThatWouldNeverFitDoesNotWait() {
		ManifestBodies bodies = bodies(0.5, Duration.ofHours(1));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> bodies.read(request(), SIZE, (body) -> body));
		assertThat(held()).isZero();
		bodies.stop();
	}

	private double held() {
		return this.meters.get("whence.instrumenter.bodies.bytes").gauge().value();
	}

	private ManifestBodies bodies(double fitting, Duration patience) {
		double share = fitting * SIZE / Runtime.getRuntime().maxMemory();
		return new ManifestBodies(new WorkflowProperties(DataSize.ofBytes(SIZE), DataSize.ofBytes(SIZE), 10,
				Duration.ofSeconds(2), 2, patience, share, "http://collector:4318"), this.meters);
	}

	private static MockHttpServletRequest request() {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/workflow/instrument");
		request.setContent(new byte[SIZE]);
		return request;
	}

	private static boolean awaited(CountDownLatch latch) {
		try {
			latch.await();
			return true;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
