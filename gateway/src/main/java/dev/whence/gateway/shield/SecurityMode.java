package dev.whence.gateway.shield;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Whether credentials are required ({@code whence.security.mode}). */
@ConfigurationProperties("whence.security")
record SecurityMode(@DefaultValue("required") Mode mode) {

	enum Mode {

		/** Every request that reaches a service carries a credential. */
		REQUIRED,

		/** Loopback and trials: nobody has to say who they are. */
		OPEN

	}

	boolean isRequired() {
		return this.mode == Mode.REQUIRED;
	}

}
