package dev.whence.gateway.limit;

import dev.whence.support.health.DependencyCheck;

/** Names Redis in the readiness answer; the gateway is of use without it. */
record RedisCheck(RedisTokens tokens) implements DependencyCheck {

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
		if (this.tokens.isFailing()) {
			throw new IllegalStateException("the last question went unanswered; limits hold for each gateway alone");
		}
	}

}
