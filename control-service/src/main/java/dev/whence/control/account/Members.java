package dev.whence.control.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who is what in which project. */
@Component
public class Members {

	private static final int MOST_LISTED = 1000;

	/** Of the advisory lock that orders all changes of who runs the installation. */
	private static final long ADMINISTRATORS = 0x7768656e63650001L;

	private final JdbcClient jdbc;

	Members(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The projects an account may work in, with what it is there. */
	@Transactional(readOnly = true)
	public List<Membership> projectsOf(UUID account) {
		return this.jdbc.sql("""
				select m.project_id, p.name, m.role
				  from control.active_member m
				  join control.project p on p.id = m.project_id
				 where m.account_id = :account
				 order by m.project_id
				 limit :limit
				""")
			.param("account", account)
			.param("limit", MOST_LISTED)
			.query((row, _) -> new Membership(row.getInt("project_id"), row.getString("name"), row.getString("role")))
			.list();
	}

	List<Member> list(ProjectId project) {
		return this.jdbc.sql("""
				select a.id, a.email, a.active, m.role, m.since, a.last_login_at
				  from control.member m
				  join control.account a on a.id = m.account_id
				 where m.project_id = :project
				 order by lower(a.email)
				 limit :limit
				""").param("project", project.value()).param("limit", MOST_LISTED).query(Member::of).list();
	}

	Optional<Role> roleOf(ProjectId project, UUID account) {
		return this.jdbc.sql("select role from control.member where project_id = :project and account_id = :account")
			.param("project", project.value())
			.param("account", account)
			.query(String.class)
			.optional()
			.flatMap(Role::named);
	}

	boolean runsTheInstallation(UUID account) {
		return roleOf(ProjectId.DEFAULT, account).filter(Role.ADMIN::equals).isPresent();
	}

	/** Makes the account a member of the project, or something else in it. */
	@Transactional(propagation = Propagation.MANDATORY)
	void put(ProjectId project, UUID account, Role role) {
		lockAdministrators();
		this.jdbc.sql("""
				insert into control.member (project_id, account_id, role) values (:project, :account, :role)
				on conflict (project_id, account_id) do update set role = excluded.role
				""")
			.param("project", project.value())
			.param("account", account)
			.param("role", role.wireName())
			.update();
		requireAdministrator();
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void remove(ProjectId project, UUID account) {
		lockAdministrators();
		this.jdbc.sql("delete from control.member where project_id = :project and account_id = :account")
			.param("project", project.value())
			.param("account", account)
			.update();
		requireAdministrator();
	}

	/** Until the transaction ends, nobody else changes who runs the installation. */
	@Transactional(propagation = Propagation.MANDATORY)
	void lockAdministrators() {
		this.jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", ADMINISTRATORS).query().singleRow();
	}

	/**
	 * There are accounts, so one of them runs the installation.
	 * @throws ProblemException {@code CONFLICT} when none would be left
	 */
	void requireAdministrator() {
		boolean left = this.jdbc.sql("""
				select not exists (select 1 from control.account)
				    or exists (select 1 from control.member m join control.account a on a.id = m.account_id
				                where m.project_id = 1 and m.role = 'admin' and a.active)
				""").query(Boolean.class).single();
		if (!left) {
			throw new ProblemException(ProblemCode.CONFLICT,
					"This is the last administrator of project 1; make another one first");
		}
	}

	/** A project somebody is a member of. */
	public record Membership(int id, String name, String role) {
	}

	/** A member of a project. */
	record Member(UUID id, String email, @JsonProperty("is_active") boolean active, String role, Instant since,
			@JsonProperty("last_login_at") @Nullable Instant lastLoginAt) {

		static Member of(ResultSet row, int number) throws SQLException {
			OffsetDateTime last = row.getObject("last_login_at", OffsetDateTime.class);
			return new Member(row.getObject("id", UUID.class), row.getString("email"), row.getBoolean("active"),
					row.getString("role"), row.getObject("since", OffsetDateTime.class).toInstant(),
					(last != null) ? last.toInstant() : null);
		}

	}

}
