package dev.whence.control.build;

import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.LockModeType;

import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface BuildRepository extends Repository<Build, Long> {

	Optional<Build> findById(long id);

	Optional<Build> findByIdAndProjectId(long id, int projectId);

	Optional<Build> findByRepositoryIgnoreCaseAndWorkflowRunId(String repository, long workflowRunId);

	Optional<Build> findByMarker(UUID marker);

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select build from Build build where build.id = :id")
	Optional<Build> lock(long id);

	Build saveAndFlush(Build build);

}
