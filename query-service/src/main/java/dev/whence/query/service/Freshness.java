package dev.whence.query.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

import dev.whence.model.ProjectId;
import dev.whence.query.page.WorkerViews;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.ServiceRollups;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Up to when what was stored is counted. */
@Component
public class Freshness {

	/**
	 * After so long whoever stored a signal has told the worker to count its minute, who
	 * has written that down: ingest repeats itself at most every five seconds and takes
	 * ten for a commit at most (ADR 011), and messages take moments.
	 */
	private static final Duration WRITTEN_DOWN = Duration.ofSeconds(30);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/** The worker signs every half minute; without it nothing is written down. */
	private static final Duration ALIVE = Duration.ofSeconds(90);

	private final ServiceRollups rollups;

	private final JdbcClient jdbc;

	private final InstantSource clock;

	Freshness(ServiceRollups rollups, JdbcClient jdbc, InstantSource clock) {
		this.rollups = rollups;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Before this instant, whatever of the range was stored is counted.
	 * @param from where the range begins; minutes before it are not looked at
	 */
	public Instant watermark(ProjectId project, Instant from) {
		Instant now = this.clock.instant();
		Optional<Instant> seen = this.rollups.counterSeen();
		if (seen.isEmpty()) {
			return from;
		}
		boolean alive = seen.get().plus(ALIVE).isAfter(now);
		Instant written = Minutes.floor((alive ? now : seen.get()).minus(WRITTEN_DOWN));
		return oldestUncounted(project, from, now).filter((oldest) -> oldest.isBefore(written)).orElse(written);
	}

	/** How long the first minute that is not counted has been over. */
	public Duration lag(Instant watermark) {
		Duration lag = Duration.between(watermark.plus(MINUTE), this.clock.instant());
		return lag.isNegative() ? Duration.ZERO : lag;
	}

	private Optional<Instant> oldestUncounted(ProjectId project, Instant from, Instant now) {
		return WorkerViews.read(Optional.empty(),
				() -> this.jdbc.sql("""
						select minute from incidents.uncounted_minute_view
						where project_id = :project and minute >= :from and minute <= :now order by minute limit 1
						""")
					.param("project", project.value())
					.param("from", from.atOffset(ZoneOffset.UTC))
					.param("now", now.atOffset(ZoneOffset.UTC))
					.query((row, _) -> row.getTimestamp("minute").toInstant())
					.optional());
	}

}
