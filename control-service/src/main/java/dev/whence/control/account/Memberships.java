package dev.whence.control.account;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.control.account.Invitations.Accepted;
import dev.whence.control.account.Members.Member;
import dev.whence.control.audit.Actor;
import dev.whence.control.audit.Audit;
import dev.whence.control.project.Projects;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import dev.whence.support.security.Role;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who becomes a member of a project, something else in it, or leaves it. Whom a project
 * does not have yet its administrators invite: that somebody has an account elsewhere is
 * not theirs to know.
 */
@Service
class Memberships {

	private final Members members;

	private final Accounts accounts;

	private final Invitations invitations;

	private final Projects projects;

	private final Audit audit;

	Memberships(Members members, Accounts accounts, Invitations invitations, Projects projects, Audit audit) {
		this.members = members;
		this.accounts = accounts;
		this.invitations = invitations;
		this.projects = projects;
		this.audit = audit;
	}

	@Transactional(readOnly = true)
	List<Member> list(Credential caller, int projectId) {
		return this.members.list(this.projects.visible(caller, projectId));
	}

	@Transactional
	void put(Credential caller, int projectId, UUID account, Role role) {
		ProjectId project = this.projects.visible(caller, projectId);
		boolean known = this.members.roleOf(project, account).isPresent()
				|| caller.runsTheInstallation() && this.accounts.exists(account);
		if (!known) {
			throw notFound();
		}
		this.members.put(project, account, role);
		this.audit.record(Actor.of(caller), project, "member.changed", "account", account,
				Map.of("role", role.wireName()));
	}

	@Transactional
	void remove(Credential caller, int projectId, UUID account) {
		ProjectId project = this.projects.visible(caller, projectId);
		Role role = this.members.roleOf(project, account).orElseThrow(Memberships::notFound);
		this.members.remove(project, account);
		this.audit.record(Actor.of(caller), project, "member.removed", "account", account,
				Map.of("role", role.wireName()));
	}

	/** Takes somebody who has an account into the project that they were invited to. */
	@Transactional
	void accept(Credential caller, Secret token) {
		UUID account = Accounts.person(caller).id();
		Accepted accepted = this.invitations.accept(token, new EmailAddress(this.accounts.emailOf(account)))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such open invitation for you"));
		Role before = this.members.roleOf(accepted.project(), account).orElse(accepted.role());
		// An invitation takes nothing away from whoever is more already.
		Role role = (before.compareTo(accepted.role()) > 0) ? before : accepted.role();
		this.members.put(accepted.project(), account, role);
		this.audit.record(Actor.of(caller), accepted.project(), "member.joined", "account", account,
				Map.of("role", role.wireName()));
	}

	private static ProblemException notFound() {
		return new ProblemException(ProblemCode.NOT_FOUND, "The project has no such member");
	}

}
