package dev.whence.support.migration;

import java.util.function.IntConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Ends a service that was told {@code WHENCE_MIGRATION_ONLY=true} once its schemas are up
 * to date, before anything of it is made: no port is opened and nothing is consumed. The
 * process ends with 0, or as any start that fails. Running it again, also at the same
 * time, does no harm.
 */
class MigrationRun implements ApplicationListener<ApplicationPreparedEvent> {

	private static final Logger log = LoggerFactory.getLogger(MigrationRun.class);

	private final IntConsumer exit;

	MigrationRun() {
		this(System::exit);
	}

	MigrationRun(IntConsumer exit) {
		this.exit = exit;
	}

	@Override
	public void onApplicationEvent(ApplicationPreparedEvent event) {
		ConfigurableEnvironment environment = event.getApplicationContext().getEnvironment();
		MigrationProperties properties = Binder.get(environment)
			.bindOrCreate("whence.migration", MigrationProperties.class);
		if (!properties.only()) {
			return;
		}
		if (properties.schemas().isEmpty()) {
			throw new IllegalStateException("WHENCE_MIGRATION_ONLY: this service owns no schema");
		}
		Login owner = Login.of(environment);
		for (String schema : properties.schemas()) {
			int applied = new SchemaMigration(schema, owner, properties).run();
			log.info("The schema {} is up to date, {} migrations were applied", schema, applied);
		}
		this.exit.accept(0);
	}

}
