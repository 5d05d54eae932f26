package dev.whence.gateway.limit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Hands out the tokens of buckets that several gateways share. */
interface TokenLender {

	/**
	 * Asks for tokens of a client's bucket, without ever blocking the caller.
	 * @return what is there of them, or the failure to find out, within a bounded time
	 */
	CompletableFuture<Loan> borrow(String client, int tokens);

	/** Whether it failed just now, so that asking again would be of no use. */
	boolean isAway();

	/**
	 * Tokens to spend, or the time until there will be one.
	 *
	 * @param tokens at most as many as were asked for
	 * @param next zero if there are tokens
	 */
	record Loan(int tokens, Duration next) {
	}

}
