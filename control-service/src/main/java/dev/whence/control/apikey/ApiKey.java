package dev.whence.control.apikey;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.model.ProjectId;
import dev.whence.support.security.ApiKeySecret;
import dev.whence.support.security.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A key from its issue to its revocation, which is final. The secret itself is not part
 * of it.
 */
@Entity
@Table(schema = "control", name = "api_key")
class ApiKey {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@Version
	private int version;

	private int projectId;

	private String name;

	private String prefix;

	private byte[] secretHash;

	@JdbcTypeCode(SqlTypes.ARRAY)
	private String[] scopes;

	private @Nullable Integer requestsPerMinute;

	private Instant createdAt;

	private @Nullable Instant expiresAt;

	private @Nullable Instant revokedAt;

	/** Written by the database alone, while others use the key. */
	@Column(insertable = false, updatable = false)
	private @Nullable Instant lastUsedAt;

	@SuppressWarnings("NullAway.Init")
	protected ApiKey() {
	}

	/** Issues the key that the secret opens. */
	ApiKey(ProjectId project, Grant grant, ApiKeySecret secret, Instant createdAt) {
		this.projectId = project.value();
		this.name = grant.name();
		this.prefix = secret.prefix();
		this.secretHash = secret.hash();
		this.scopes = grant.scopes().stream().sorted().map(Scope::wireName).toArray(String[]::new);
		this.requestsPerMinute = grant.requestsPerMinute();
		this.createdAt = createdAt;
		this.expiresAt = grant.expiresAt();
	}

	/** What a key that takes this one's place is for; it does not expire. */
	Grant successor() {
		return new Grant(this.name, scopes(), this.requestsPerMinute, null);
	}

	/** Changes how much the key may be used; null for no limit of its own. */
	void limit(@Nullable Integer newRequestsPerMinute) {
		this.requestsPerMinute = newRequestsPerMinute;
	}

	boolean isActive(Instant now) {
		return this.revokedAt == null && (this.expiresAt == null || this.expiresAt.isAfter(now));
	}

	/** Ends the key; a second time changes nothing and says so. */
	boolean revoke(Instant now) {
		if (this.revokedAt != null) {
			return false;
		}
		this.revokedAt = now;
		return true;
	}

	long id() {
		if (this.id == null) {
			throw new IllegalStateException("the key has not been stored yet");
		}
		return this.id;
	}

	ProjectId project() {
		return new ProjectId(this.projectId);
	}

	String name() {
		return this.name;
	}

	String prefix() {
		return this.prefix;
	}

	Set<Scope> scopes() {
		return Stream.of(this.scopes)
			.flatMap((scope) -> Scope.named(scope).stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	@Nullable Integer requestsPerMinute() {
		return this.requestsPerMinute;
	}

	Instant createdAt() {
		return this.createdAt;
	}

	@Nullable Instant expiresAt() {
		return this.expiresAt;
	}

	@Nullable Instant revokedAt() {
		return this.revokedAt;
	}

	@Nullable Instant lastUsedAt() {
		return this.lastUsedAt;
	}

}
