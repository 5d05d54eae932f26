package dev.whence.gateway.limit;

import java.time.Duration;

import dev.whence.gateway.shield.TrustedProxies;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * How often an address may come, by whichever port. Each request is charged once: where
 * it begins, and not again where it is handled.
 */
public final class AddressLimit {

	private static final Object CHARGED = AddressLimit.class;

	private final ClientBuckets buckets;

	private final TrustedProxies proxies;

	AddressLimit(ClientBuckets buckets, TrustedProxies proxies) {
		this.buckets = buckets;
		this.proxies = proxies;
	}

	/**
	 * Charges the address for a request that is about to begin.
	 * @param client the address, as {@link TrustedProxies} makes it out
	 * @return how long the client has to wait; zero if it may go on
	 */
	public Duration charge(String client) {
		return this.buckets.waitOf(client);
	}

	/** Says of a request that its address was charged for it. */
	public static Context charged(Context context) {
		return context.put(CHARGED, true);
	}

	/** The time to wait in whole seconds, at least one. */
	public static long seconds(Duration wait) {
		return Math.max(1, (wait.toMillis() + 999) / 1000);
	}

	/** What a client is told that has to wait. */
	public static String advice(long seconds) {
		return "This client sends more requests than it may; go on in " + seconds + " s";
	}

	/** The problem of a client that has to wait. */
	public static ProblemException refusal(long seconds) {
		return new ProblemException(ProblemCode.RATE_LIMITED, advice(seconds));
	}

	Mono<Duration> waitOf(ServerHttpRequest request) {
		return Mono.deferContextual((context) -> Mono
			.just(context.hasKey(CHARGED) ? Duration.ZERO : charge(this.proxies.clientOf(request))));
	}

}
