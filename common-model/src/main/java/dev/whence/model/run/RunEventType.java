package dev.whence.model.run;

import java.util.Arrays;
import java.util.Locale;

/**
 * What an event tells of. Of two events about the same thing that happened at the same
 * time, the later constant is believed.
 */
public enum RunEventType {

	/** A type that nobody here knows; kept, and part of no picture. */
	OTHER(0, false),

	/**
	 * That a run exists of which only steps are known so far; made by Whence, never by a
	 * client.
	 */
	RUN_SEEN(7, false),

	RUN_START(1, false), RUN_COMPLETE(2, false), RUN_FAILED(3, false),

	STEP_START(4, true), STEP_COMPLETE(5, true), STEP_FAILED(6, true);

	private final int code;

	private final boolean ofStep;

	RunEventType(int code, boolean ofStep) {
		this.code = code;
		this.ofStep = ofStep;
	}

	/** The type that a client names; {@link #OTHER} for any other name. */
	public static RunEventType named(String name) {
		return Arrays.stream(values())
			.filter((type) -> type != RUN_SEEN && type.wireName().equals(name))
			.findFirst()
			.orElse(OTHER);
	}

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** How it is stored. */
	public int code() {
		return this.code;
	}

	/**
	 * The type that is stored so.
	 * @throws IllegalArgumentException when none is
	 */
	public static RunEventType ofCode(int code) {
		return Arrays.stream(values())
			.filter((type) -> type.code == code)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no type of run event has the code " + code));
	}

	/** Whether it tells how something ended. */
	public boolean isEnd() {
		return this == RUN_COMPLETE || this == RUN_FAILED || this == STEP_COMPLETE || this == STEP_FAILED;
	}

	/** Whether it is about a step, and so names one. */
	public boolean isOfStep() {
		return this.ofStep;
	}

	/** Whether it is about a run as a whole. */
	public boolean isOfRun() {
		return !this.ofStep && this != OTHER;
	}

}
