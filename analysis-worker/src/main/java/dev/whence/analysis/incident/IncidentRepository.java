package dev.whence.analysis.incident;

import java.util.Optional;
import java.util.UUID;

import org.springframework.data.repository.Repository;

interface IncidentRepository extends Repository<Incident, UUID> {

	Incident saveAndFlush(Incident incident);

	Optional<Incident> findById(UUID id);

	Optional<Incident> findByIdAndProjectId(UUID id, int projectId);

}
