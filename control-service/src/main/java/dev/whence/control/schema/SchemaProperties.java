package dev.whence.control.schema;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the schema comes into being.
 *
 * @param migrate whether this process creates and upgrades it when it starts
 * @param connectRetries how many seconds it waits at start for a database that is not up
 * yet
 */
@ConfigurationProperties("whence.control.schema")
record SchemaProperties(@DefaultValue("true") boolean migrate, @DefaultValue("60") int connectRetries) {

	SchemaProperties {
		if (connectRetries < 0) {
			throw new IllegalArgumentException(
					"whence.control.schema.connect-retries is not negative, this one is " + connectRetries);
		}
	}

}
