package dev.whence.standalone.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Faults during which nothing says "error" and every checkout succeeds: only a comparison
 * with normal minutes shows them. They are listed in the order in which they are played.
 */
enum QuietFault implements Fault {

	SLOW_DEPENDENCY("payment-service", "the payment provider answers, but takes almost a second",
			Set.of("payment-service"), 900),

	LOST_MESSAGE("mail-service", "the mail service takes the orders, but no longer sends receipts", Set.of(), 0),

	NOISY_NEIGHBOUR("node-2", "a batch job takes the processor of node-2 from the inventory and the shipping",
			Set.of("inventory-service", "shipping-service"), 240),

	BAD_DEPLOY("pricing-service", "version 2.5.0 of the pricing service reads every price anew",
			Set.of("pricing-service"), 320);

	private final String cause;

	private final String story;

	private final Set<String> slow;

	private final Duration delay;

	QuietFault(String cause, String story, Set<String> slow, long delayMillis) {
		this.cause = cause;
		this.story = story;
		this.slow = slow;
		this.delay = Duration.ofMillis(delayMillis);
	}

	@Override
	public String optionName() {
		return Fault.optionName(this);
	}

	@Override
	public String cause() {
		return this.cause;
	}

	@Override
	public String story() {
		return this.story;
	}

	@Override
	public Duration delay(String service) {
		return this.slow.contains(service) ? this.delay : Duration.ZERO;
	}

	/** What customers notice, as an alert is named. */
	String symptom() {
		return (this == LOST_MESSAGE) ? "ReceiptsMissing" : "CheckoutLatency";
	}

	/** Whether the service leaves out the last thing that it does. */
	boolean loses(String service) {
		return this == LOST_MESSAGE && this.cause.equals(service);
	}

	@Override
	public Optional<String> version(String service) {
		return (this == BAD_DEPLOY && this.cause.equals(service)) ? Optional.of("2.5.0") : Optional.empty();
	}

	/** Whether a host has no processor time left. */
	boolean exhausts(String host) {
		return this == NOISY_NEIGHBOUR && this.cause.equals(host);
	}

}
