package dev.whence.control.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.audit.Actor;
import dev.whence.control.audit.Audit;
import dev.whence.control.project.Projects;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import dev.whence.support.security.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Invitations to become a member of a project, each for one use. */
@Service
class Invitations {

	private static final int MOST_LISTED = 1000;

	private static final String COLUMNS = """
			id, project_id, role, email, invited_by, created_at, expires_at, accepted_at, revoked_at
			""";

	private final JdbcClient jdbc;

	private final Projects projects;

	private final Audit audit;

	Invitations(JdbcClient jdbc, Projects projects, Audit audit) {
		this.jdbc = jdbc;
		this.projects = projects;
		this.audit = audit;
	}

	/**
	 * Invites somebody. The token in the answer exists nowhere else.
	 * @param email the only address that may accept it; null for whoever has the token
	 */
	@Transactional
	Invitation invite(Credential caller, int projectId, Role role, @Nullable EmailAddress email, Duration validity) {
		ProjectId project = this.projects.visible(caller, projectId);
		Secret secret = Secret.generate();
		Invitation invitation = this.jdbc.sql("""
				insert into control.invitation (project_id, role, email, token_hash, invited_by, expires_at)
				values (:project, :role, :email, :hash, :by, now() + make_interval(secs => :seconds))
				returning %s
				""".formatted(COLUMNS))
			.param("project", project.value())
			.param("role", role.wireName())
			.param("email", (email != null) ? email.value() : null)
			.param("hash", secret.hash())
			.param("by", caller.name())
			.param("seconds", validity.toSeconds())
			.query((row, number) -> Invitation.of(row, secret.text()))
			.single();
		this.audit.record(Actor.of(caller), project, "invitation.created", "invitation", invitation.id(),
				Map.of("role", role.wireName(), "email", (email != null) ? email.value() : ""));
		return invitation;
	}

	@Transactional(readOnly = true)
	List<Invitation> list(Credential caller, int projectId) {
		ProjectId project = this.projects.visible(caller, projectId);
		return this.jdbc.sql("select " + COLUMNS + """
				  from control.invitation
				 where project_id = :project
				 order by id desc
				 limit :limit
				""")
			.param("project", project.value())
			.param("limit", MOST_LISTED)
			.query((row, number) -> Invitation.of(row, null))
			.list();
	}

	/** Takes an invitation back that nobody has accepted. */
	@Transactional
	void revoke(Credential caller, int projectId, long id) {
		ProjectId project = this.projects.visible(caller, projectId);
		int found = this.jdbc.sql("""
				update control.invitation set revoked_at = coalesce(revoked_at, now())
				 where id = :id and project_id = :project and accepted_at is null
				""").param("id", id).param("project", project.value()).update();
		if (found == 0) {
			throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such open invitation");
		}
		this.audit.record(Actor.of(caller), project, "invitation.revoked", "invitation", id, Map.of());
	}

	/** Whether the token could be accepted for this address right now. */
	boolean isOpen(Secret token, EmailAddress email) {
		return this.jdbc.sql("""
				select exists (select 1 from control.invitation
				                where token_hash = :hash and accepted_at is null and revoked_at is null
				                  and expires_at > now() and (email is null or lower(email) = lower(:email)))
				""").param("hash", token.hash()).param("email", email.value()).query(Boolean.class).single();
	}

	/** Uses the invitation up; of many at once one gets it. */
	@Transactional(propagation = Propagation.MANDATORY)
	Optional<Accepted> accept(Secret token, EmailAddress email) {
		return this.jdbc.sql("""
				update control.invitation set accepted_at = now()
				 where token_hash = :hash and accepted_at is null and revoked_at is null and expires_at > now()
				   and (email is null or lower(email) = lower(:email))
				returning project_id, role
				""")
			.param("hash", token.hash())
			.param("email", email.value())
			.query((row, number) -> new Accepted(new ProjectId(row.getInt("project_id")),
					Role.named(row.getString("role")).orElseThrow()))
			.optional();
	}

	/** What an invitation gave. */
	record Accepted(ProjectId project, Role role) {
	}

	/**
	 * An invitation as the API shows it.
	 *
	 * @param token in the answer to its creation alone
	 */
	record Invitation(long id, @JsonProperty("project_id") int projectId, String role, @Nullable String email,
			@JsonProperty("invited_by") String invitedBy, @JsonProperty("created_at") Instant createdAt,
			@JsonProperty("expires_at") Instant expiresAt, @JsonProperty("accepted_at") @Nullable Instant acceptedAt,
			@JsonProperty("revoked_at") @Nullable Instant revokedAt,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {

		static Invitation of(ResultSet row, @Nullable String token) throws SQLException {
			return new Invitation(row.getLong("id"), row.getInt("project_id"), row.getString("role"),
					row.getString("email"), row.getString("invited_by"),
					row.getObject("created_at", OffsetDateTime.class).toInstant(),
					row.getObject("expires_at", OffsetDateTime.class).toInstant(), instant(row, "accepted_at"),
					instant(row, "revoked_at"), token);
		}

		private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
			OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
			return (time != null) ? time.toInstant() : null;
		}

	}

}
