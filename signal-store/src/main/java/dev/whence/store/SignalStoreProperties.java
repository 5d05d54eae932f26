package dev.whence.store;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How one service finds the store.
 *
 * @param migrate whether this service creates and upgrades the schema when it starts
 * @param connectRetries how many seconds it waits at start for a database that is not up
 * yet
 */
@ConfigurationProperties("whence.signal-store")
record SignalStoreProperties(@DefaultValue("false") boolean migrate, @DefaultValue("60") int connectRetries) {
}
