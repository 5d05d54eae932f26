package dev.whence.instrumenter.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface UsageRepository extends Repository<UsageEvent, Long> {

	List<UsageEvent> saveAll(Iterable<UsageEvent> events);

	@Query(nativeQuery = true, value = """
			select cast(recorded_at at time zone 'UTC' as date) as day, count(*) as requests,
				count(*) filter (where changes_made) as changed, count(distinct client_repo) as repositories
			from instrumenter.usage_event
			where recorded_at >= :since
			group by 1 order by 1
			""")
	List<Day> days(Instant since);

	@Query(nativeQuery = true, value = """
			select client_repo as name, count(*) as count
			from instrumenter.usage_event
			where recorded_at >= :since
			group by 1 order by 2 desc, 1 limit 50
			""")
	List<Count> repositories(Instant since);

	@Query(nativeQuery = true, value = """
			select entry.key as name, cast(sum(cast(entry.value as bigint)) as bigint) as count
			from instrumenter.usage_event, jsonb_each_text(languages) as entry
			where recorded_at >= :since
			group by 1 order by 2 desc, 1 limit 50
			""")
	List<Count> languages(Instant since);

	@Query(nativeQuery = true, value = """
			select entry.key as name, cast(sum(cast(entry.value as bigint)) as bigint) as count
			from instrumenter.usage_event, jsonb_each_text(findings) as entry
			where recorded_at >= :since
			group by 1 order by 2 desc, 1 limit 50
			""")
	List<Count> findings(Instant since);

	/** One day, in UTC. */
	record Day(LocalDate day, long requests, long changed, long repositories) {
	}

	/** A name and how often. */
	record Count(String name, long count) {
	}

}
