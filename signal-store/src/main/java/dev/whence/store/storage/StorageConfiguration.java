package dev.whence.store.storage;

import java.time.InstantSource;

import dev.whence.store.SignalSchema;
import dev.whence.store.SignalStoreConfiguration;
import dev.whence.store.retention.RetentionProperties;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Offers the sizes to the services that ask for them. */
@AutoConfiguration(after = SignalStoreConfiguration.class)
@ConditionalOnBean(SignalSchema.class)
class StorageConfiguration {

	@Bean
	StorageSizes storageSizes(JdbcClient jdbc, RetentionProperties retention, SignalSchema migrated) {
		return new StorageSizes(jdbc, retention, InstantSource.system());
	}

}
