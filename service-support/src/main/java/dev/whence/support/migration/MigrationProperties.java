package dev.whence.support.migration;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one service migrates.
 *
 * @param only whether the process does nothing else
 * @param schemas that this service owns; the migrations of schema {@code x} are in
 * {@code db/x}
 * @param roles that the login of the other services takes part in; without any it may
 * change the rows of every table, and nothing but rows
 * @param grantTo that login; empty if the services own their schemas
 * @param connectRetries how many seconds a database that is not up yet is waited for
 */
@ConfigurationProperties("whence.migration")
record MigrationProperties(@DefaultValue("false") boolean only, @DefaultValue List<String> schemas,
		@DefaultValue List<String> roles, @DefaultValue("") String grantTo, @DefaultValue("60") int connectRetries) {
}
