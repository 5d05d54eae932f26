package dev.whence.analysis.incident;

import java.util.Optional;
import java.util.UUID;

import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface IncidentRepository extends Repository<Incident, UUID> {

	Incident saveAndFlush(Incident incident);

	Optional<Incident> findById(UUID id);

	Optional<Incident> findByIdAndProjectId(UUID id, int projectId);

	/** The newest incident that the subject is part of. */
	@Query(nativeQuery = true, value = """
			select i.* from incidents.incident i join incidents.incident_subject s on s.incident_id = i.id
			where s.project_id = :project and s.subject = :subject order by i.detected_at desc limit 1
			""")
	Optional<Incident> findBySubject(int project, String subject);

}
