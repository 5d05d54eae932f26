package dev.whence.store.retention;

import dev.whence.store.RetentionChoices;
import dev.whence.store.table.Table;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * For how many days telemetry is kept where neither its project nor the installation
 * chose otherwise.
 */
@ConfigurationProperties("whence.signal-store.retention")
public record RetentionProperties(@DefaultValue("30") int logs, @DefaultValue("30") int traces,
		@DefaultValue("30") int metrics, @DefaultValue("30") int runs) {

	/** For how many days rows of a table are kept that has no setting of its own. */
	private static final int OTHERS = 30;

	public RetentionProperties {
		require("logs", logs);
		require("traces", traces);
		require("metrics", metrics);
		require("runs", runs);
	}

	int of(Table table) {
		if (table.equals(Table.LOG_RECORD)) {
			return this.logs;
		}
		if (table.equals(Table.SPAN)) {
			return this.traces;
		}
		if (table.equals(Table.METRIC_POINT)) {
			return this.metrics;
		}
		return table.equals(Table.RUN_EVENT) ? this.runs : OTHERS;
	}

	private static void require(String name, int days) {
		if (days < 1 || days > RetentionChoices.MOST_DAYS) {
			throw new IllegalArgumentException("whence.signal-store.retention." + name + " is between 1 and "
					+ RetentionChoices.MOST_DAYS + " days, this one is " + days);
		}
	}

}
