package dev.whence.query.run;

import java.util.UUID;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.query.page.Cursor;
import dev.whence.store.Position;
import dev.whence.store.form.EpochNanos;
import org.jspecify.annotations.Nullable;

/** A position of a list of runs or steps as callers pass it. */
final class RunCursor {

	private RunCursor() {
	}

	static Cursor of(Position position) {
		return new Cursor(position.time(), position.id().toString());
	}

	static @Nullable Position position(@Nullable Cursor cursor) {
		if (cursor == null) {
			return null;
		}
		try {
			if (cursor.time().isBefore(EpochNanos.MIN) || cursor.time().isAfter(EpochNanos.MAX)) {
				throw new IllegalArgumentException("no stored time");
			}
			return new Position(cursor.time(), UUID.fromString(cursor.key()));
		}
		catch (IllegalArgumentException ex) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter 'cursor' is the Whence-Next-Cursor of a page");
		}
	}

}
