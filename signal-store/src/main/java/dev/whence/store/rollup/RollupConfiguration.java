package dev.whence.store.rollup;

import dev.whence.store.SignalSchema;
import dev.whence.store.SignalStoreConfiguration;
import dev.whence.store.segment.ClosedSignals;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Offers reading and counting to every service. */
@AutoConfiguration(after = SignalStoreConfiguration.class)
@ConditionalOnBean(SignalSchema.class)
public class RollupConfiguration {

	@Bean
	RollupReader rollupReader(JdbcClient jdbc, SignalSchema migrated) {
		return new JdbcRollupReader(jdbc);
	}

	@Bean
	ServiceRollups serviceRollups(JdbcClient jdbc, SignalSchema migrated) {
		return new ServiceRollups(jdbc);
	}

	@Bean
	MetricRollups metricRollups(JdbcClient jdbc, SignalSchema migrated) {
		return new MetricRollups(jdbc);
	}

	@Bean
	HourCounter hourCounter(JdbcClient jdbc, SignalSchema migrated) {
		return new HourCounter(jdbc);
	}

	@Bean
	MinuteCounter minuteCounter(JdbcClient jdbc, JdbcTemplate template, ClosedSignals closed) {
		return new MinuteCounter(jdbc, new ClosedMinutes(template, closed));
	}

}
