package dev.whence.store;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the store in one service.
 *
 * @param migrate whether this service creates and upgrades the schema when it starts
 * @param connectRetries how many seconds it waits at start for a database that is not up
 * yet
 */
@ConfigurationProperties("whence.signal-store")
record SignalStoreProperties(@DefaultValue("false") boolean migrate, @DefaultValue("60") int connectRetries,
		@DefaultValue RetentionDays retention, @DefaultValue Writing writing, @DefaultValue Rollups rollups) {

	static final int DEFAULT_DAYS = 30;

	/**
	 * For how many days telemetry is kept where neither its project nor the installation
	 * chose otherwise.
	 */
	record RetentionDays(@DefaultValue("30") int logs, @DefaultValue("30") int traces,
			@DefaultValue("30") int metrics) {

		RetentionDays {
			require("logs", logs);
			require("traces", traces);
			require("metrics", metrics);
		}

		private static void require(String name, int days) {
			if (days < 1 || days > RetentionChoices.MOST_DAYS) {
				throw new IllegalArgumentException("whence.signal-store.retention." + name + " is between 1 and "
						+ RetentionChoices.MOST_DAYS + " days, this one is " + days);
			}
		}

	}

	/**
	 * How requests share commits.
	 *
	 * @param threads commits under way at the same time, a connection each
	 * @param groupRows how many rows a commit gathers at most, unless one request alone
	 * has more
	 * @param queued how many bytes of rows may wait; beyond it callers are told to come
	 * back
	 * @param patience how long a caller waits for its commit
	 */
	record Writing(@DefaultValue("2") int threads, @DefaultValue("5000") int groupRows,
			@DefaultValue("32MB") DataSize queued, @DefaultValue("1500ms") Duration patience) {

		Writing {
			if (threads < 1 || threads > 16) {
				throw new IllegalArgumentException(
						"whence.signal-store.writing.threads is between 1 and 16, this one is " + threads);
			}
			if (groupRows < 1 || queued.toBytes() < 1 || !patience.isPositive()) {
				throw new IllegalArgumentException(
						"whence.signal-store.writing: group-rows, queued and patience are positive");
			}
		}

	}

	/**
	 * Which minutes are counted, by the sender's clock.
	 *
	 * @param kept how long rollups are kept; what is older is not counted
	 * @param ahead how far in the future a minute may lie
	 */
	record Rollups(@DefaultValue("30d") Duration kept, @DefaultValue("10m") Duration ahead) {

		Rollups {
			if (!kept.isPositive() || ahead.isNegative()) {
				throw new IllegalArgumentException(
						"whence.signal-store.rollups: kept is positive and ahead is not negative");
			}
		}

	}

}
