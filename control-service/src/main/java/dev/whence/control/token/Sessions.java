package dev.whence.control.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

import dev.whence.control.account.Account;
import dev.whence.control.account.Members;
import dev.whence.control.account.Members.Membership;
import dev.whence.control.account.Secret;
import dev.whence.control.audit.Actor;
import dev.whence.control.audit.Audit;
import dev.whence.control.throttle.ClientAddress;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The sessions of accounts. A session goes on by refresh tokens, each good for one use:
 * using one a second time means that two have it, and ends the session for both.
 */
@Component
class Sessions {

	private final JdbcClient jdbc;

	private final Members members;

	private final Audit audit;

	private final SigningProperties properties;

	Sessions(JdbcClient jdbc, Members members, Audit audit, SigningProperties properties) {
		this.jdbc = jdbc;
		this.members = members;
		this.audit = audit;
		this.properties = properties;
	}

	/** Begins a session in the first project that the account is a member of. */
	@Transactional(propagation = Propagation.MANDATORY)
	Renewed begin(Account account, ClientAddress address) {
		UUID session = UUID.randomUUID();
		Integer project = this.members.projectsOf(account.id()).stream().map(Membership::id).findFirst().orElse(null);
		this.jdbc.sql("""
				insert into control.account_session (id, account_id, project_id, epoch, address)
				values (:id, :account, :project, :epoch, :address)
				""")
			.param("id", session)
			.param("account", account.id())
			.param("project", project)
			.param("epoch", account.epoch())
			.param("address", address.value())
			.update();
		return new Renewed(account.id(), account.epoch(), session, project, issue(session));
	}

	/**
	 * Uses a refresh token up and gives the next one.
	 * @param wanted the project to go on in; null for the one it was
	 */
	@Transactional
	Refresh refresh(Secret token, @Nullable Integer wanted) {
		// Both rows, so that of many who use the token at once each sees the one before.
		Found found = this.jdbc.sql("""
				select s.id, s.account_id, s.project_id, a.epoch, a.email, t.used_at is not null as used,
				       s.ended_at is null and a.active and a.epoch = s.epoch and t.expires_at > now()
				       and s.created_at > now() - make_interval(secs => :longest) as good
				  from control.refresh_token t
				  join control.account_session s on s.id = t.session_id
				  join control.account a on a.id = s.account_id
				 where t.token_hash = :hash
				   for update of t, s
				""")
			.param("hash", token.hash())
			.param("longest", this.properties.sessionLifetime().toSeconds())
			.query(Found::of)
			.optional()
			.orElse(null);
		if (found == null || !found.good()) {
			return new Refresh.Refused();
		}
		Actor actor = Actor.account(found.account(), found.email());
		if (found.used()) {
			end(found.session(), "reuse");
			this.audit.record(actor, ProjectId.DEFAULT, "session.reused", "session", found.session(), Map.of());
			return new Refresh.Refused();
		}
		Integer project = (wanted != null) ? wanted : found.project();
		if (project != null
				&& this.members.projectsOf(found.account()).stream().noneMatch((one) -> one.id() == project)) {
			if (wanted != null) {
				return new Refresh.NoMember();
			}
			return renew(found,
					this.members.projectsOf(found.account()).stream().map(Membership::id).findFirst().orElse(null),
					token);
		}
		return renew(found, project, token);
	}

	private Refresh renew(Found found, @Nullable Integer project, Secret token) {
		this.jdbc.sql("update control.refresh_token set used_at = now() where token_hash = :hash")
			.param("hash", token.hash())
			.update();
		this.jdbc.sql("update control.account_session set last_used_at = now(), project_id = :project where id = :id")
			.param("project", project)
			.param("id", found.session())
			.update();
		return new Renewed(found.account(), found.epoch(), found.session(), project, issue(found.session()));
	}

	/** Ends a session; its tokens stop working everywhere within a minute. */
	@Transactional(propagation = Propagation.MANDATORY)
	void end(UUID session, String reason) {
		this.jdbc.sql("""
				update control.account_session set ended_at = now(), end_reason = :reason
				 where id = :id and ended_at is null
				""").param("id", session).param("reason", reason).update();
	}

	/** Whether the account has signed in from this address before. */
	boolean isKnown(String email, ClientAddress address) {
		return this.jdbc.sql("""
				select exists (select 1 from control.account_session s join control.account a on a.id = s.account_id
				                where lower(a.email) = lower(:email) and s.address = :address)
				""").param("email", email).param("address", address.value()).query(Boolean.class).single();
	}

	private Secret issue(UUID session) {
		Secret token = Secret.generate();
		this.jdbc.sql("""
				insert into control.refresh_token (token_hash, session_id, expires_at)
				values (:hash, :session, now() + make_interval(secs => :seconds))
				""")
			.param("hash", token.hash())
			.param("session", session)
			.param("seconds", this.properties.refreshLifetime().toSeconds())
			.update();
		return token;
	}

	private record Found(UUID session, UUID account, @Nullable Integer project, long epoch, String email, boolean used,
			boolean good) {

		static Found of(ResultSet row, int number) throws SQLException {
			return new Found(row.getObject("id", UUID.class), row.getObject("account_id", UUID.class),
					row.getObject("project_id", Integer.class), row.getLong("epoch"), row.getString("email"),
					row.getBoolean("used"), row.getBoolean("good"));
		}

	}

}
