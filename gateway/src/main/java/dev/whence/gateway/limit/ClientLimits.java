package dev.whence.gateway.limit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How often a client may come, by its address and by its credential, for those who handle
 * requests without the router.
 */
public final class ClientLimits {

	private final KeyLimit keys;

	private final AddressLimit addresses;

	private final KeyQuotas quotas;

	ClientLimits(KeyLimit keys, AddressLimit addresses, KeyQuotas quotas) {
		this.quotas = quotas;
		this.keys = keys;
		this.addresses = addresses;
	}

	/**
	 * Charges the client for one request: its address and, where that may go on, its
	 * credential.
	 * @return how long it has to wait; null, without any subscription, if it may go on
	 */
	public @Nullable Mono<Duration> charge(String address, @Nullable String credential) {
		Duration wait = this.addresses.charge(address);
		if (!wait.isZero()) {
			return Mono.just(wait);
		}
		Mono<Duration> keyWait = (credential != null) ? this.keys.waitOf(credential) : KeyLimit.GO_ON;
		return (keyWait == KeyLimit.GO_ON) ? null : keyWait;
	}

	/**
	 * Learns from a service's answer what quota the credential has.
	 * @param said the value of {@link KeyQuotas#HEADER}
	 */
	public void learn(@Nullable String credential, @Nullable String said) {
		this.quotas.learn(credential, said);
	}

}
