package dev.whence.control.apikey;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

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

/** Issues, lists and revokes the keys of the projects that the caller may see. */
@Service
class ApiKeys {

	/** The newest ones; older keys of a project that has had more are not listed. */
	private static final int MOST_LISTED = 1000;

	private final ApiKeyRepository repository;

	private final Projects projects;

	private final InstantSource clock;

	private final SecureRandom random = new SecureRandom();

	ApiKeys(ApiKeyRepository repository, Projects projects, InstantSource clock) {
		this.repository = repository;
		this.projects = projects;
		this.clock = clock;
	}

	/** Creates a key. The secret in the answer exists nowhere else. */
	@Transactional
	IssuedKey issue(Credential caller, int projectId, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
		ProjectId project = this.projects.visible(caller, projectId);
		Instant now = now();
		if (expiresAt != null && !expiresAt.isAfter(now)) {
			throw new ProblemException(ProblemCode.INVALID_FIELD, "expires_at must lie in the future",
					List.of(new FieldError("/expires_at", "must lie in the future")), null);
		}
		ApiKeySecret secret = ApiKeySecret.generate(this.random);
		return new IssuedKey(this.repository.save(new ApiKey(project, name, scopes, secret, now, expiresAt)), secret);
	}

	@Transactional(readOnly = true)
	List<ApiKey> list(Credential caller, int projectId) {
		ProjectId project = this.projects.visible(caller, projectId);
		return this.repository.findByProjectIdOrderByIdDesc(project.value(), Limit.of(MOST_LISTED));
	}

	/** Ends a key; services notice within a minute. */
	@Transactional
	void revoke(Credential caller, long id) {
		ApiKey key = this.repository.findById(id)
			.filter((found) -> Projects.isVisible(caller, found.project()))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such API key"));
		key.revoke(now());
	}

	/** As precise as the database keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	/** A key with the secret that only its creator gets to see. */
	record IssuedKey(ApiKey key, ApiKeySecret secret) {
	}

}
