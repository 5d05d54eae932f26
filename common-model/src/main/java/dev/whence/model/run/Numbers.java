package dev.whence.model.run;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/** Reads numbers out of what clients send; what is none is missing. */
final class Numbers {

	private Numbers() {
	}

	/** A count: whole and not negative. */
	static OptionalLong count(Map<String, @Nullable Object> values, String key) {
		OptionalDouble number = number(values, key);
		return (number.isPresent() && number.getAsDouble() >= 0 && number.getAsDouble() <= Long.MAX_VALUE / 2
				&& number.getAsDouble() == Math.rint(number.getAsDouble()))
						? OptionalLong.of((long) number.getAsDouble()) : OptionalLong.empty();
	}

	static OptionalDouble number(Map<String, @Nullable Object> values, String key) {
		return (values.get(key) instanceof Number number && Double.isFinite(number.doubleValue()))
				? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
	}

}
