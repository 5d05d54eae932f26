package dev.whence.analysis.notification.address;

import dev.whence.analysis.notification.NotificationProperties;

/** Makes policies for tests of other packages. */
public final class Policies {

	private Policies() {
	}

	public static AddressPolicy of(NotificationProperties properties) {
		return new AddressPolicy(properties);
	}

}
