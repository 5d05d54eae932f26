package dev.whence.e2e.fire;

/**
 * One sending of a request. Times are those of {@link System#nanoTime()}.
 *
 * @param port where it was sent
 * @param status of the answer, or {@link #BROKEN}
 */
record Attempt(int port, long begun, long ended, int status) {

	/** No answer: the connection was refused, broke or stayed silent. */
	static final int BROKEN = 0;

	boolean acknowledged() {
		return this.status >= 200 && this.status < 300;
	}

	double millis() {
		return (this.ended - this.begun) / 1e6;
	}

}
