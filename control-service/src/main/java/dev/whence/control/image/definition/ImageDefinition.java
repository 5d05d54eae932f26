package dev.whence.control.image.definition;

import java.time.Instant;
import java.util.List;

import dev.whence.model.ProjectId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A stored definition as it is now. Its id stays the same through every change. */
@Entity
@Table(schema = "control", name = "image_definition")
public class ImageDefinition {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@Version
	private int version;

	private int projectId;

	private String name;

	private @Nullable String description;

	private String yamlContent;

	private String imageType;

	private String fedoraVersion;

	private boolean enablePlymouth;

	@JdbcTypeCode(SqlTypes.ARRAY)
	private String[] artifactKinds;

	private Instant createdAt;

	private Instant updatedAt;

	@SuppressWarnings("NullAway.Init")
	protected ImageDefinition() {
	}

	@SuppressWarnings("NullAway.Init")
	ImageDefinition(ProjectId project, DefinitionContent content, Instant now) {
		this.projectId = project.value();
		this.createdAt = now;
		write(content, now);
	}

	/** Replaces the content; a write is a change even if it writes the same. */
	final void write(DefinitionContent content, Instant now) {
		this.name = content.name();
		this.description = content.description();
		this.yamlContent = content.yaml();
		this.imageType = content.imageType();
		this.fedoraVersion = content.fedoraVersion();
		this.enablePlymouth = content.enablePlymouth();
		this.artifactKinds = content.artifactKinds().toArray(String[]::new);
		// Two writes within one tick of the clock are two, too.
		this.updatedAt = (this.updatedAt != null && !now.isAfter(this.updatedAt)) ? this.updatedAt.plusNanos(1_000)
				: now;
	}

	public long id() {
		if (this.id == null) {
			throw new IllegalStateException("the definition has not been stored yet");
		}
		return this.id;
	}

	/** How often it has been written, from 1. */
	public int number() {
		return this.version + 1;
	}

	public DefinitionContent content() {
		return new DefinitionContent(this.name, this.description, this.yamlContent, this.imageType, this.fedoraVersion,
				this.enablePlymouth, List.of(this.artifactKinds));
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public Instant updatedAt() {
		return this.updatedAt;
	}

}
