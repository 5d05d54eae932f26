package dev.whence.standalone.demo;

import java.time.Duration;
import java.util.Optional;

/** Operations that fail, and say so; one of them is drawn unless the user names one. */
enum LoudFault implements Fault {

	INVENTORY_DATABASE("inventory-service", "the inventory's database connections are used up",
			"java.sql.SQLTransientConnectionException",
			"HikariPool-1 - Connection is not available, request timed out after 3000ms", 3000),

	PAYMENT_CERTIFICATE("payment-service", "the certificate of the payment provider has expired",
			"javax.net.ssl.SSLHandshakeException", "PKIX path validation failed: certificate expired", 40),

	PRICING_RELEASE("pricing-service", "a release of the pricing service cannot read old vouchers",
			"java.lang.NullPointerException", "Cannot invoke \"Voucher.discount()\" because \"voucher\" is null", 5);

	private final String service;

	private final String story;

	private final String exception;

	private final String message;

	private final Duration delay;

	LoudFault(String service, String story, String exception, String message, long delayMillis) {
		this.service = service;
		this.story = story;
		this.exception = exception;
		this.message = message;
		this.delay = Duration.ofMillis(delayMillis);
	}

	@Override
	public String optionName() {
		return Fault.optionName(this);
	}

	@Override
	public String cause() {
		return this.service;
	}

	@Override
	public String story() {
		return this.story;
	}

	String exception() {
		return this.exception;
	}

	String message() {
		return this.message;
	}

	/** Whether the operation of the service is the one that fails. */
	boolean fails(String service) {
		return this.service.equals(service);
	}

	@Override
	public Duration delay(String service) {
		return fails(service) ? this.delay : Duration.ZERO;
	}

	@Override
	public Optional<String> version(String service) {
		return (this == PRICING_RELEASE && fails(service)) ? Optional.of("2.6.0") : Optional.empty();
	}

}
