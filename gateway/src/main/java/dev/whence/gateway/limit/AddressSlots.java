package dev.whence.gateway.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.whence.gateway.shield.TrustedProxies;

/**
 * What an address may hold at the same time of something that is scarce. Trusted proxies
 * are exempt, for they speak for many. Safe for use by many threads; only addresses that
 * hold something are remembered.
 */
public final class AddressSlots {

	private final ConcurrentMap<String, Integer> held = new ConcurrentHashMap<>();

	private final int limit;

	private final TrustedProxies proxies;

	/**
	 * Slots that are all free.
	 * @param limit how many one address may hold; 0 for no limit
	 */
	public AddressSlots(int limit, TrustedProxies proxies) {
		this.limit = limit;
		this.proxies = proxies;
	}

	/**
	 * Takes a slot, which is then to be released once.
	 * @return false if the address holds all it may
	 */
	public boolean tryTake(String address) {
		if (isExempt(address)) {
			return true;
		}
		boolean[] taken = new boolean[1];
		this.held.compute(address, (key, count) -> {
			int before = (count != null) ? count : 0;
			taken[0] = before < this.limit;
			return taken[0] ? Integer.valueOf(before + 1) : count;
		});
		return taken[0];
	}

	/** Gives a slot back. */
	public void release(String address) {
		if (!isExempt(address)) {
			this.held.computeIfPresent(address, (key, count) -> (count > 1) ? count - 1 : null);
		}
	}

	private boolean isExempt(String address) {
		return this.limit == 0 || this.proxies.trusts(address);
	}

}
