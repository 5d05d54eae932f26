package dev.whence.ingest.intake;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestLimitsTests {

	private static final int MEGABYTE = 1024 * 1024;

	private final InFlightBytes inFlight = TestLimits.inFlight(10 * MEGABYTE);

	@Test
	void whatTwoRequestsHoldTogetherMayComeAgain() {
		TestLimits.limits(this.inFlight).hold(6 * MEGABYTE);
		assertRefused(() -> TestLimits.limits(this.inFlight).hold(6 * MEGABYTE), ProblemCode.OVERLOADED);
	}

	@Test
	void whatOneRequestCannotHoldAloneIsTooLargeForever() {
		RequestLimits limits = TestLimits.limits(this.inFlight);
		limits.hold(6 * MEGABYTE);
		assertRefused(() -> limits.hold(6 * MEGABYTE), ProblemCode.BODY_TOO_LARGE);
	}

	@Test
	void whatWasGivenBackIsThereForTheSameRequest() {
		RequestLimits limits = TestLimits.limits(this.inFlight);
		for (int i = 0; i < 100; i++) {
			limits.hold(6 * MEGABYTE);
			limits.release(6 * MEGABYTE);
		}
		assertThatCode(() -> TestLimits.limits(this.inFlight).hold(3 * MEGABYTE)).doesNotThrowAnyException();
	}

	@Test
	void recordsWithoutAnythingTakeMemory() {
		RequestLimits limits = TestLimits.limits(this.inFlight);
		assertRefused(() -> {
			for (int i = 0; i < 50_000; i++) {
				limits.addRecord();
			}
		}, ProblemCode.BODY_TOO_LARGE);
	}

	@Test
	void aRefusedRequestLetsGoOfAll() {
		try (InFlightBytes.Lease lease = this.inFlight.lease()) {
			assertRefused(() -> lease.add(11 * MEGABYTE), ProblemCode.BODY_TOO_LARGE);
		}
		assertThatCode(() -> TestLimits.limits(this.inFlight).hold(9 * MEGABYTE)).doesNotThrowAnyException();
	}

	private static void assertRefused(ThrowingCallable call, ProblemCode code) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(call)
			.extracting(ProblemException::code)
			.isEqualTo(code);
	}

}
