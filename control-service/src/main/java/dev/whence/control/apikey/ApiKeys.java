package dev.whence.control.apikey;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import dev.whence.control.audit.Actor;
import dev.whence.control.audit.Audit;
import dev.whence.control.project.Projects;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import dev.whence.support.security.ApiKeySecret;
import dev.whence.support.security.Credential;
import dev.whence.support.security.Scope;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Issues, lists, rotates and revokes the keys of the projects that the caller may see.
 */
@Service
class ApiKeys {

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

	/** The newest ones; older keys of a project that has had more are not listed. */
	private static final int MOST_LISTED = 1000;

	/** Of one name: one in use, and the one that takes its place. */
	private static final int MOST_ACTIVE = 2;

	private final ApiKeyRepository repository;

	private final Projects projects;

	private final Audit audit;

	private final InstantSource clock;

	private final SecureRandom random = new SecureRandom();

	ApiKeys(ApiKeyRepository repository, Projects projects, Audit audit, InstantSource clock) {
		this.repository = repository;
		this.projects = projects;
		this.audit = audit;
		this.clock = clock;
	}

	/**
	 * Creates a key. The secret in the answer exists nowhere else.
	 * @throws ProblemException {@code CONFLICT} when two keys of the name are active: one
	 * in use and one to take its place
	 */
	@Transactional
	IssuedKey issue(Credential caller, int projectId, Grant grant) {
		ProjectId project = this.projects.visible(caller, projectId);
		Instant now = now();
		if (grant.expiresAt() != null && !grant.expiresAt().isAfter(now)) {
			throw new ProblemException(ProblemCode.INVALID_FIELD, "expires_at must lie in the future",
					List.of(new FieldError("/expires_at", "must lie in the future")), null);
		}
		if (grant.expiresAt() != null && grant.expiresAt().isAfter(LATEST)) {
			throw new ProblemException(ProblemCode.INVALID_FIELD, "expires_at must lie before the year 10000",
					List.of(new FieldError("/expires_at", "must lie before the year 10000")), null);
		}
		IssuedKey issued = issue(project, grant, now);
		record(caller, issued.key(), "key.created", Map.of("name", grant.name(), "scopes", names(grant)));
		return issued;
	}

	/**
	 * Creates a key like this one, which keeps working until it is revoked.
	 * @throws ProblemException {@code CONFLICT} when there are two already
	 */
	@Transactional
	IssuedKey rotate(Credential caller, long id) {
		ApiKey key = visible(caller, id);
		Instant now = now();
		if (!key.isActive(now)) {
			throw new ProblemException(ProblemCode.CONFLICT, "The API key is revoked or expired; create another one");
		}
		IssuedKey issued = issue(key.project(), key.successor(), now);
		record(caller, issued.key(), "key.rotated", Map.of("name", key.name(), "from", id));
		return issued;
	}

	/** Changes the quota; services and gateways notice within a minute. */
	@Transactional
	ApiKey limit(Credential caller, long id, @Nullable Integer requestsPerMinute) {
		ApiKey key = visible(caller, id);
		key.limit(requestsPerMinute);
		record(caller, key, "key.limited",
				Map.of("requests_per_minute", (requestsPerMinute != null) ? requestsPerMinute : "none"));
		return key;
	}

	private IssuedKey issue(ProjectId project, Grant grant, Instant now) {
		this.repository.lockName(project.value(), grant.name());
		long active = this.repository.findByProjectIdAndNameAndRevokedAtIsNull(project.value(), grant.name())
			.stream()
			.filter((key) -> key.isActive(now))
			.count();
		if (active >= MOST_ACTIVE) {
			throw new ProblemException(ProblemCode.CONFLICT, "Two API keys of the name '" + grant.name()
					+ "' are active already; revoke one or choose another name");
		}
		ApiKeySecret secret = ApiKeySecret.generate(this.random);
		return new IssuedKey(this.repository.save(new ApiKey(project, grant, secret, now)), secret);
	}

	@Transactional(readOnly = true)
	List<ApiKey> list(Credential caller, int projectId) {
		ProjectId project = this.projects.visible(caller, projectId);
		return this.repository.findByProjectIdOrderByIdDesc(project.value(), Limit.of(MOST_LISTED));
	}

	/** Ends a key; services notice within a minute. */
	@Transactional
	void revoke(Credential caller, long id) {
		ApiKey key = visible(caller, id);
		if (key.revoke(now())) {
			record(caller, key, "key.revoked", Map.of("name", key.name()));
		}
	}

	private ApiKey visible(Credential caller, long id) {
		return this.repository.findById(id)
			.filter((found) -> Projects.isVisible(caller, found.project()))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such API key"));
	}

	private void record(Credential caller, ApiKey key, String action, Map<String, ?> details) {
		this.audit.record(Actor.of(caller), key.project(), action, "key", key.id(), details);
	}

	private static List<String> names(Grant grant) {
		return grant.scopes().stream().sorted().map(Scope::wireName).toList();
	}

	/** As precise as the database keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	/** A key with the secret that only its creator gets to see. */
	record IssuedKey(ApiKey key, ApiKeySecret secret) {
	}

}
