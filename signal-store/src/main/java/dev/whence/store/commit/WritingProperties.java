package dev.whence.store.commit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How requests share commits.
 *
 * @param threads commits under way at the same time, a connection each
 * @param groupRows how many rows a commit gathers at most, unless one request alone has
 * more
 * @param queued how many bytes of rows may wait; beyond it callers are told to come back
 * @param patience how long a caller waits for its commit
 */
@ConfigurationProperties("whence.signal-store.writing")
public record WritingProperties(@DefaultValue("2") int threads, @DefaultValue("5000") int groupRows,
		@DefaultValue("32MB") DataSize queued, @DefaultValue("1500ms") Duration patience) {

	public WritingProperties {
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
