package dev.whence.control.project;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface ProjectRepository extends Repository<Project, Integer> {

	Optional<Project> findById(int id);

	List<Project> findAllByOrderById(Limit limit);

	Project saveAndFlush(Project project);

}
