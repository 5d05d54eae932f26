package dev.whence.gateway.shield;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the gateway has to know of the settings that all services share.
 *
 * @param mode whether credentials are required
 * @param anonymousPaths requests that need none all the same, each a method and a path
 * pattern
 * @param hosts names beside those of the loopback interface under which an installation
 * that asks for no credentials is served; {@code *} for every name
 */
@ConfigurationProperties("whence.security")
record SecurityMode(@DefaultValue("required") Mode mode,
		@DefaultValue("POST /workflow/instrument") List<String> anonymousPaths, @DefaultValue List<String> hosts) {

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
