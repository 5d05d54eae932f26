package dev.whence.model;

import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The constants of a closed set by the numbers under which they are stored. */
final class Codes<E extends Enum<E>> {

	private final Map<Integer, E> constants;

	/**
	 * @throws IllegalStateException when two constants have the same number
	 */
	Codes(E[] constants, ToIntFunction<E> code) {
		this.constants = Stream.of(constants)
			.collect(Collectors.toUnmodifiableMap(code::applyAsInt, Function.identity()));
	}

	/**
	 * @throws IllegalArgumentException for a number that no constant has
	 */
	E get(int code) {
		E constant = this.constants.get(code);
		if (constant == null) {
			throw new IllegalArgumentException(code + " stands for none of " + this.constants.values());
		}
		return constant;
	}

}
