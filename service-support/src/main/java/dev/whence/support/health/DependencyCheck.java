package dev.whence.support.health;

/**
 * One thing a service needs from outside, as readiness sees it.
 */
public interface DependencyCheck {

	/** The name in the answer, e.g. {@code database}. */
	String name();

	/**
	 * Whether the service is of no use without it. What is merely helpful is reported but
	 * never makes a service unready.
	 */
	default boolean required() {
		return true;
	}

	/**
	 * Returns when the dependency answers, within about two seconds.
	 * @throws Exception when it does not; the message is shown to operators
	 */
	void check() throws Exception;

}
