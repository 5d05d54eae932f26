package dev.whence.support.redis;

import java.util.function.BooleanSupplier;

import dev.whence.support.health.DependencyCheck;

/**
 * Names Redis in the readiness answer; services are of use without it.
 *
 * @param failing whether the last questions went unanswered; asks nothing itself
 * @param consequence what becomes of the service's work meanwhile
 */
public record RedisCheck(BooleanSupplier failing, String consequence) implements DependencyCheck {

	@Override
	public String name() {
		return "redis";
	}

	@Override
	public boolean required() {
		return false;
	}

	@Override
	public void check() {
		if (this.failing.getAsBoolean()) {
			throw new IllegalStateException("the last question went unanswered; " + this.consequence);
		}
	}

}
