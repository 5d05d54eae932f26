package dev.whence.control.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.whence.control.audit.Actor;
import dev.whence.control.audit.Audit;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import dev.whence.support.security.Credential;
import dev.whence.support.security.Holder;
import dev.whence.support.security.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** The accounts: whose password it is, and what changes of them. */
@Service
public class Accounts {

	/** A session that began this lately needs no password again for another one. */
	private static final Duration FRESH = Duration.ofMinutes(10);

	private final AccountRepository repository;

	private final Members members;

	private final PasswordPolicy policy;

	private final PasswordHashes hashes;

	private final Audit audit;

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	Accounts(AccountRepository repository, Members members, PasswordPolicy policy, PasswordHashes hashes, Audit audit,
			JdbcClient jdbc, TransactionOperations transactions) {
		this.repository = repository;
		this.members = members;
		this.policy = policy;
		this.hashes = hashes;
		this.audit = audit;
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	/**
	 * The active account of this name and password. Takes the same time whether there is
	 * one or not.
	 */
	public Optional<Account> authenticate(String email, String password) {
		Optional<Account> found = EmailAddress.isValid(email) ? this.repository.findByEmailIgnoreCase(email)
				: Optional.empty();
		boolean matches = this.hashes.matches(password, found.map(Account::passwordHash).orElse(null));
		return found.filter((account) -> matches && account.isActive());
	}

	/** Notes a sign-in. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void signedIn(Account account) {
		this.jdbc.sql("update control.account set last_login_at = now() where id = :id")
			.param("id", account.id())
			.update();
	}

	/**
	 * The account that a credential was given to.
	 * @throws ProblemException {@code UNAUTHENTICATED} when it was given to no account
	 */
	static Holder.Account person(Credential caller) {
		if (caller.holder() instanceof Holder.Account account) {
			return account;
		}
		throw new ProblemException(ProblemCode.UNAUTHENTICATED,
				"Nobody has signed in with this credential; sign in at /api/auth/jwt/login");
	}

	@Transactional(readOnly = true)
	UserView me(Credential caller) {
		return view(find(person(caller).id()));
	}

	/** Changes what somebody may change of themselves. */
	UserView changeMe(Credential caller, UserChange change) {
		Holder.Account person = person(caller);
		Account account = find(person.id());
		UserChange own = change.ofOneself();
		boolean sensitive = own.email() != null || own.password() != null;
		if (sensitive && own.currentPassword() != null && !isCurrent(own.currentPassword(), account)) {
			throw new ProblemException(ProblemCode.FORBIDDEN, "current_password is wrong",
					List.of(new FieldError("/current_password", "is wrong")), null);
		}
		if (sensitive && own.currentPassword() == null && !isFresh(person.session())) {
			throw new ProblemException(ProblemCode.FORBIDDEN,
					"This session is older than " + FRESH.toMinutes()
							+ " minutes: send current_password as well, or sign in again",
					List.of(new FieldError("/current_password", "is missing")), null);
		}
		return change(caller, account.id(), own);
	}

	@Transactional(readOnly = true)
	Page<UserView> list(Credential caller, int page, int size) {
		requireOperator(caller);
		return this.repository.findAllByOrderByCreatedAtAscIdAsc(PageRequest.of(page - 1, size)).map(this::view);
	}

	@Transactional(readOnly = true)
	UserView get(Credential caller, UUID id) {
		requireOperator(caller);
		return view(find(id));
	}

	UserView changeAnother(Credential caller, UUID id, UserChange change) {
		requireOperator(caller);
		return change(caller, id, change);
	}

	@Transactional
	void delete(Credential caller, UUID id) {
		requireOperator(caller);
		this.members.lockAdministrators();
		Account account = find(id);
		this.repository.delete(account);
		this.repository.flush();
		this.members.requireAdministrator();
		this.audit.record(Actor.of(caller), ProjectId.DEFAULT, "account.deleted", "account", id,
				Map.of("email", account.email()));
	}

	/** Whether the account exists. */
	boolean exists(UUID id) {
		return this.repository.findById(id).isPresent();
	}

	String emailOf(UUID id) {
		return find(id).email();
	}

	private UserView change(Credential caller, UUID id, UserChange change) {
		EmailAddress email = (change.email() != null) ? new EmailAddress(change.email()) : null;
		String password = change.password();
		String hash = null;
		if (password != null) {
			this.policy.objection(password, (email != null) ? email : new EmailAddress(find(id).email()))
				.ifPresent((reason) -> {
					throw new ProblemException(ProblemCode.REFUSED, "UPDATE_USER_INVALID_PASSWORD",
							List.of(new FieldError("/password", reason)), null);
				});
			hash = this.hashes.hash(password);
		}
		String newHash = hash;
		try {
			return this.transactions.execute((status) -> apply(caller, id, email, newHash, change));
		}
		catch (DataIntegrityViolationException _) {
			throw new ProblemException(ProblemCode.REFUSED, "UPDATE_USER_EMAIL_ALREADY_EXISTS");
		}
	}

	private UserView apply(Credential caller, UUID id, @Nullable EmailAddress email, @Nullable String hash,
			UserChange change) {
		this.members.lockAdministrators();
		Account account = find(id);
		List<String> changed = new ArrayList<>();
		if (email != null && !email.value().equals(account.email())) {
			account.changeEmail(email);
			changed.add("email");
		}
		if (hash != null) {
			account.changePassword(hash);
			changed.add("password");
		}
		if (change.verified() != null && change.verified() != account.isVerified()) {
			account.verify(change.verified());
			changed.add("is_verified");
		}
		if (change.active() != null && change.active() != account.isActive()) {
			account.activate(change.active());
			changed.add("is_active");
		}
		this.repository.saveAndFlush(account);
		if (change.superuser() != null && change.superuser() != this.members.runsTheInstallation(id)) {
			this.members.put(ProjectId.DEFAULT, id, change.superuser() ? Role.ADMIN : Role.VIEWER);
			changed.add("is_superuser");
		}
		this.members.requireAdministrator();
		if (!changed.isEmpty()) {
			this.audit.record(Actor.of(caller), ProjectId.DEFAULT, "account.changed", "account", id,
					Map.of("changed", changed));
		}
		return view(account);
	}

	private boolean isFresh(@Nullable UUID session) {
		return session != null && this.jdbc.sql("""
				select exists (select 1 from control.account_session
				                where id = :id and created_at > now() - make_interval(secs => :seconds))
				""").param("id", session).param("seconds", FRESH.toSeconds()).query(Boolean.class).single();
	}

	private boolean isCurrent(@Nullable String password, Account account) {
		return password != null && this.hashes.matches(password, account.passwordHash());
	}

	private UserView view(Account account) {
		return UserView.of(account, this.members.runsTheInstallation(account.id()));
	}

	private Account find(UUID id) {
		return this.repository.findById(id)
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such account"));
	}

	private static void requireOperator(Credential caller) {
		if (!caller.runsTheInstallation()) {
			throw new ProblemException(ProblemCode.FORBIDDEN, "Only an administrator of project 1 sees all accounts");
		}
	}

}
