package dev.whence.store.column;

import org.jspecify.annotations.Nullable;

/** The values of a column, each made when it is asked for. */
@FunctionalInterface
public interface Values {

	byte @Nullable [] get(int row);

}
