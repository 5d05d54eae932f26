package dev.whence.control.image.definition;

import java.util.Optional;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ImageDefinitionRepository extends Repository<ImageDefinition, Long> {

	Optional<ImageDefinition> findByIdAndProjectId(long id, int projectId);

	Optional<ImageDefinition> findByNameAndProjectId(String name, int projectId);

	@Query("""
			select d from ImageDefinition d
			 where d.projectId = :projectId and (:text = ''
			       or position(lower(:text) in lower(concat(d.name, ' ', coalesce(d.description, '')))) > 0)
			 order by d.updatedAt desc, d.id desc""")
	Page<ImageDefinition> search(int projectId, String text, Pageable page);

	ImageDefinition saveAndFlush(ImageDefinition definition);

	void delete(ImageDefinition definition);

}
