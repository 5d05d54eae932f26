package dev.whence.control.project;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** A tenant. Its id never changes and is never given to another one. */
@Entity
@Table(schema = "control", name = "project")
class Project {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Integer id;

	@Version
	private int version;

	private String name;

	private Instant createdAt;

	@SuppressWarnings("NullAway.Init")
	protected Project() {
	}

	Project(String name, Instant createdAt) {
		this.name = name;
		this.createdAt = createdAt;
	}

	int id() {
		if (this.id == null) {
			throw new IllegalStateException("the project has not been stored yet");
		}
		return this.id;
	}

	String name() {
		return this.name;
	}

	Instant createdAt() {
		return this.createdAt;
	}

	void rename(String newName) {
		this.name = newName;
	}

}
