package dev.whence.gateway.fallback;

import dev.whence.gateway.shield.Correlation;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.log.LogBudget;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Counts the failures that the gateway answers itself, and tells of a few. */
public final class FailureReports {

	private static final Logger log = LoggerFactory.getLogger(FailureReports.class);

	/** Requests that the gateway had to answer itself, by problem code. */
	private static final String REFUSED = "whence.gateway.refused";

	private static final String MESSAGE = "request failed: {}";

	/** How many lines like this one were not written. */
	private static final String LEFT_OUT = "leftOut";

	private final JsonMapper json;

	private final MeterRegistry meters;

	private final LogBudget budget = new LogBudget();

	FailureReports(JsonMapper json, MeterRegistry meters) {
		this.json = json;
		this.meters = meters;
	}

	/**
	 * Reports why a request failed and says in the words of the catalogue what it was.
	 */
	public ProblemException report(Throwable thrown, FailedRequest request) {
		ProblemException failure = Failures.translate(thrown);
		tell(request, failure, thrown);
		this.meters.counter(REFUSED, "code", failure.code().code()).increment();
		return failure;
	}

	/** The failure in the language of the client. */
	public FailureBody body(ProblemException failure, FailedRequest request) {
		return FailureBody.of(failure, request, this.json);
	}

	private void tell(FailedRequest request, ProblemException failure, Throwable thrown) {
		switch (failure.code().category()) {
			case CALLER, CONFLICT -> line(Level.DEBUG, request, failure).log(MESSAGE, failure.detail());
			// Whoever likes can bring these about, as often as they like.
			case OVERLOAD,
					DEPENDENCY ->
				this.budget.spend(Reason.of(request, failure, thrown),
						(leftOut) -> line(Level.WARN, request, failure).addKeyValue(LEFT_OUT, leftOut)
							.log(MESSAGE, failure.detail()));
			case BUG -> this.budget.spend(Reason.of(request, failure, thrown),
					(leftOut) -> line(Level.ERROR, request, failure).addKeyValue(LEFT_OUT, leftOut)
						.setCause(thrown)
						.log(MESSAGE, failure.detail()));
		}
	}

	private static LoggingEventBuilder line(Level level, FailedRequest request, ProblemException failure) {
		return log.atLevel(level)
			.addKeyValue(Correlation.LOG_KEY, request.correlation().id())
			.addKeyValue("code", failure.code().code())
			.addKeyValue("method", request.method())
			.addKeyValue("path", request.path());
	}

	/** What lines have in common of which one is enough. */
	private record Reason(ProblemCode code, @Nullable String route, Class<?> thrown) {

		static Reason of(FailedRequest request, ProblemException failure, Throwable thrown) {
			return new Reason(failure.code(), request.route(), thrown.getClass());
		}

	}

}
