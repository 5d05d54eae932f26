package dev.whence.gateway.limit;

import java.time.Duration;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;

import org.springframework.util.unit.DataSize;

/**
 * How large a body may be and how long it may take.
 *
 * @param size of all of it, as sent
 * @param time until its last byte
 */
public record BodyLimit(DataSize size, Duration time) {

	/** What a client is told whose body is too large. */
	public ProblemException tooLarge() {
		return new ProblemException(ProblemCode.BODY_TOO_LARGE,
				"The body is larger than " + this.size.toBytes() + " bytes; send it in smaller parts");
	}

	/** What a client is told whose body takes too long. */
	public ProblemException tooSlow() {
		return new ProblemException(ProblemCode.REQUEST_TIMEOUT,
				"The body was not complete after " + this.time.toSeconds() + " s");
	}

}
