package dev.whence.control.build.github;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** A call to GitHub that brought no answer of use. Its message is for people. */
public final class GitHubException extends RuntimeException {

	/** What went wrong. */
	public enum Kind {

		/** GitHub does not know the thing, or hides it from this token. */
		NOT_FOUND,

		/** GitHub said no and would say so again. */
		REFUSED,

		/** GitHub asks to be left alone until a time; nothing was done. */
		LIMITED,

		/** Nothing was sent. */
		UNREACHABLE,

		/** It was sent, and what became of it is not known. */
		UNANSWERED,

		/** GitHub answered that it failed. */
		FAILED,

		/** The answer is not what the API promises. */
		UNREADABLE

	}

	private final Kind kind;

	private final int status;

	private final @Nullable Instant retryAt;

	GitHubException(Kind kind, int status, String message, @Nullable Instant retryAt, @Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
		this.status = status;
		this.retryAt = retryAt;
	}

	GitHubException(Kind kind, String message, @Nullable Throwable cause) {
		this(kind, 0, message, null, cause);
	}

	public Kind kind() {
		return this.kind;
	}

	/** The status of the answer; 0 without one. */
	public int status() {
		return this.status;
	}

	/** Before this time no call makes sense; null when GitHub named none. */
	public @Nullable Instant retryAt() {
		return this.retryAt;
	}

	/** What a person reads. */
	public String reason() {
		String message = getMessage();
		return (message != null) ? message : this.kind.name();
	}

	/** Whether GitHub or the way to it is in trouble, rather than our question. */
	boolean isTrouble() {
		return switch (this.kind) {
			case UNREACHABLE, UNANSWERED, FAILED -> true;
			case NOT_FOUND, REFUSED, LIMITED, UNREADABLE -> false;
		};
	}

}
