package dev.whence.standalone;

import org.jspecify.annotations.Nullable;

/** Why the standalone cannot start, as one sentence for the user. */
public class StartException extends RuntimeException {

	public StartException(String sentence, @Nullable Throwable cause) {
		super(sentence, cause);
	}

}
