package dev.whence.standalone.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong in the shop; one of them is drawn unless the user names one. */
enum Fault {

	INVENTORY_DATABASE("inventory-service", "GET /stock", "the inventory's database connections are used up",
			"java.sql.SQLTransientConnectionException",
			"HikariPool-1 - Connection is not available, request timed out after 3000ms", 3000),

	PAYMENT_CERTIFICATE("payment-service", "POST /authorize", "the certificate of the payment provider has expired",
			"javax.net.ssl.SSLHandshakeException", "PKIX path validation failed: certificate expired", 40),

	PRICING_RELEASE("pricing-service", "GET /price", "a release of the pricing service cannot read old vouchers",
			"java.lang.NullPointerException", "Cannot invoke \"Voucher.discount()\" because \"voucher\" is null", 5);

	private final String service;

	private final String operation;

	private final String story;

	private final String exception;

	private final String message;

	private final int delayMillis;

	Fault(String service, String operation, String story, String exception, String message, int delayMillis) {
		this.service = service;
		this.operation = operation;
		this.story = story;
		this.exception = exception;
		this.message = message;
		this.delayMillis = delayMillis;
	}

	static Optional<Fault> named(String name) {
		return Arrays.stream(values()).filter((fault) -> fault.optionName().equals(name)).findFirst();
	}

	String optionName() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	String service() {
		return this.service;
	}

	String operation() {
		return this.operation;
	}

	/** What a person would say had happened. */
	String story() {
		return this.story;
	}

	String exception() {
		return this.exception;
	}

	String message() {
		return this.message;
	}

	/** How long the failing operation takes. */
	int delayMillis() {
		return this.delayMillis;
	}

}
