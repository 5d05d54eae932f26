package dev.whence.gateway.limit;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The quotas of API keys, as the services that have verified them say in their answers.
 * The gateway itself verifies nothing and asks nobody: the first request of a key is let
 * through, and with its answer the quota is known. A changed quota is known with the next
 * answer. What a client claims plays no part, for the header comes from services alone.
 */
public final class KeyQuotas {

	/** What services say and nobody else sees: requests per minute, or {@code none}. */
	public static final String HEADER = "X-Internal-Quota";

	private static final String BEARER = "Bearer ";

	private static final int MOST = 1_000_000;

	private final Cache<String, Quota> quotas;

	private final Buckets buckets;

	KeyQuotas(int trackedClients, Buckets buckets) {
		this.buckets = buckets;
		this.quotas = Caffeine.newBuilder()
			.maximumSize(trackedClients)
			.expireAfterAccess(Duration.ofMinutes(10))
			.build();
	}

	/**
	 * Learns what a service says.
	 * @param credential of the request; null for none
	 * @param said the value of {@link #HEADER}; null where the answer has none
	 */
	public void learn(@Nullable String credential, @Nullable String said) {
		if (credential == null || said == null) {
			return;
		}
		String key = key(credential);
		Quota known = this.quotas.getIfPresent(key);
		int perMinute = number(said);
		if (perMinute <= 0) {
			if (known != null) {
				this.quotas.invalidate(key);
			}
		}
		else if (known == null || known.perMinute() != perMinute) {
			Quota fresh = new Quota(perMinute, this.buckets.create("quota:" + key, perMinute));
			// The request that brought the answer was one of them.
			fresh.bucket().tryTake().subscribe();
			this.quotas.put(key, fresh);
		}
	}

	/** The limit with the quotas of keys before it. */
	KeyLimit before(KeyLimit limit) {
		return (client) -> {
			Quota quota = this.quotas.getIfPresent(key(client));
			return (quota == null) ? limit.waitOf(client)
					: quota.bucket()
						.tryTake()
						.flatMap((wait) -> wait.isZero() ? limit.waitOf(client) : Mono.just(wait));
		};
	}

	/** A key is one key, whichever header it comes in. */
	private static String key(String credential) {
		return credential.regionMatches(true, 0, BEARER, 0, BEARER.length())
				? credential.substring(BEARER.length()).strip() : credential.strip();
	}

	private static int number(String text) {
		if (text.isEmpty() || text.length() > 7 || !text.chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
			return 0;
		}
		int number = Integer.parseInt(text);
		return (number <= MOST) ? number : 0;
	}

	private record Quota(int perMinute, Bucket bucket) {
	}

	/** What is left of a quota. */
	@FunctionalInterface
	interface Bucket {

		/** How long to wait; zero if the request may go on. Never fails. */
		Mono<Duration> tryTake();

	}

	/** Makes buckets that are full. */
	@FunctionalInterface
	interface Buckets {

		Bucket create(String client, int perMinute);

	}

}
