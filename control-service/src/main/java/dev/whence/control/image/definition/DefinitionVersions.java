package dev.whence.control.image.definition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;

import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Appends and reads versions, which never change. */
@Component
class DefinitionVersions {

	private final JdbcClient jdbc;

	DefinitionVersions(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void append(ProjectId project, ImageDefinition definition, String author, @Nullable Integer restores) {
		DefinitionContent content = definition.content();
		this.jdbc
			.sql("""
					insert into control.image_definition_version (definition_id, number, project_id, name, description,
					       yaml_content, image_type, fedora_version, enable_plymouth, artifact_kinds, written_at, written_by,
					       restores)
					values (:definition, :number, :project, :name, :description, :yaml, :type, :fedora, :plymouth, :kinds, :at,
					        :by, :restores)""")
			.param("definition", definition.id())
			.param("number", definition.number())
			.param("project", project.value())
			.param("name", content.name())
			.param("description", content.description())
			.param("yaml", content.yaml())
			.param("type", content.imageType())
			.param("fedora", content.fedoraVersion())
			.param("plymouth", content.enablePlymouth())
			.param("kinds", content.artifactKinds().toArray(String[]::new))
			.param("at", Timestamp.from(definition.updatedAt()))
			.param("by", author)
			.param("restores", restores)
			.update();
	}

	/** The newest first. */
	List<DefinitionVersion> page(ProjectId project, long definition, int offset, int limit) {
		return this.jdbc.sql("""
				select * from control.image_definition_version
				 where project_id = :project and definition_id = :definition
				 order by number desc limit :limit offset :offset""")
			.param("project", project.value())
			.param("definition", definition)
			.param("limit", limit)
			.param("offset", offset)
			.query((row, _) -> read(row))
			.list();
	}

	Optional<DefinitionVersion> find(ProjectId project, long definition, int number) {
		return this.jdbc.sql("""
				select * from control.image_definition_version
				 where project_id = :project and definition_id = :definition and number = :number""")
			.param("project", project.value())
			.param("definition", definition)
			.param("number", number)
			.query((row, _) -> read(row))
			.optional();
	}

	private static DefinitionVersion read(ResultSet row) throws SQLException {
		int restores = row.getInt("restores");
		boolean first = row.wasNull();
		return new DefinitionVersion(row.getInt("number"),
				new DefinitionContent(row.getString("name"), row.getString("description"),
						row.getString("yaml_content"), row.getString("image_type"), row.getString("fedora_version"),
						row.getBoolean("enable_plymouth"),
						List.of((String[]) row.getArray("artifact_kinds").getArray())),
				row.getTimestamp("written_at").toInstant(), row.getString("written_by"), first ? null : restores);
	}

	/**
	 * Lets those who write a definition of this name wait for each other, until the
	 * transaction ends.
	 */
	void lockName(ProjectId project, String name) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtextextended('image_definition ' || :name, :project))")
			.param("name", name)
			.param("project", project.value())
			.query((row, _) -> true)
			.single();
	}

}
